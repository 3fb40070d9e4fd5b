"""Decisions and outcomes over stored history, as the live service would have made them.

Only candles whose origin is `backfill` are decided; live and healed ones keep their rows. History
is worked through in chunks of `CHUNK_BARS` on the bar grid, oldest first, each in one transaction:
a rebuild that was interrupted goes on where it stopped, and a second one finds nothing to do.
What lies behind a hole, as far as the window rule reaches, is counted and named, not computed.
"""
