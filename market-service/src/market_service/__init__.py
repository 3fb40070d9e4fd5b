"""Prices, candles, volume; the only writer of ohlcv_data."""
