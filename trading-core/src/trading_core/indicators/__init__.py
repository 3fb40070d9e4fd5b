"""Technical indicators of closed candles: one file each, all of them in `values`."""
