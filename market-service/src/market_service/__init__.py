"""Prices, candles and volume; the only writer of candles."""
