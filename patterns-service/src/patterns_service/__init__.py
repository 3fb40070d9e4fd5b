"""Candlestick patterns of closed candles; the only writer of patterns."""
