"""How this exchange misbehaves: seeded, by a script, and only when told to."""
