"""Models on disk and in the tables, and which of them serves."""
