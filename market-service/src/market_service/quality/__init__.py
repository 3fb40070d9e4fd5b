"""How whole the stored candles are, and how the feed did: the data-quality report."""
