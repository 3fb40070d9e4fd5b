"""Indicators of closed candles; the only writer of indicators."""
