"""From candles to a model and what may be claimed of it: pure, no I/O."""
