"""Says when; does nothing itself."""
