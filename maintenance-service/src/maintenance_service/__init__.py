"""Backups, restores, clean-up and the daily health report."""
