"""Candlestick patterns, written for a market without gaps; `catalogue` has all of them."""
