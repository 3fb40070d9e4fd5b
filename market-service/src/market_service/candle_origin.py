"""Whether a candle counts as seen live: by when it closed, when it came, since when we watch."""

from typing import Final

from trading_core.candle_origin import CandleOrigin

LIVE_WITHIN_MS: Final = 10_000
"""Wall time from a bar's close to its being stored."""


def candle_origin(
    *, closed_at_ms: int, stored_at_ms: int, live_since_ms: int, speed: float
) -> CandleOrigin:
    """Judge a candle when it is stored for the first time.

    All times are event time; `speed` is event time over wall time. A bar that closed at the very
    moment from which we watch was closed before.
    """
    if closed_at_ms <= live_since_ms:
        return CandleOrigin.BACKFILL
    if stored_at_ms - closed_at_ms <= LIVE_WITHIN_MS * speed:
        return CandleOrigin.LIVE
    return CandleOrigin.HEALED
