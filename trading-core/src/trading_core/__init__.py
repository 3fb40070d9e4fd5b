"""Pure market computation: timeframes, symbols, candles, resampling."""
