"""Decisions, risk levels and outcomes; the only writer of signals."""
