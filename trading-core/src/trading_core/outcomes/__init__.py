"""What became of a signal: followed on closed bars to take-profit 1, the stop or the horizon."""
