"""When a decision came too late to act on it."""

from typing import Final

from trading_core.candle_origin import CandleOrigin
from trading_core.timeframe import Timeframe

LATE_WALL_SECONDS: Final = 10.0
LATE_BAR_SHARE: Final = 0.05


def is_late(origin: CandleOrigin, timeframe: Timeframe, lag_ms: int, speed: float) -> bool:
    """Whether the candle itself came late, or its decision after too long.

    `lag_ms` is event time since the candle's close, `speed` event time per wall time. Allowed are
    10 wall seconds or 5 % of the bar, whichever is longer.
    """
    allowed_ms = max(LATE_WALL_SECONDS * 1000 * speed, LATE_BAR_SHARE * timeframe.duration_ms)
    return origin is not CandleOrigin.LIVE or lag_ms > allowed_ms
