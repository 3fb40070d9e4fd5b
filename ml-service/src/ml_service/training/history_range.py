"""Which of the stored bars a training learns from: pure."""

from collections.abc import Iterable

from service_kit.coverage_queries import Reach
from trading_core.candles import Candles
from trading_core.time_range import TimeRange, without
from trading_core.timeframe import Timeframe


def first_wanted_ms(
    timeframe: Timeframe, until_ms: int, rows: int | None, since_ms: int | None
) -> int:
    """Open of the first bar to read, so that so many rows before `until_ms` can be made.

    Twice as many bars, as some make no rows, and the whole window of the first of them.
    """
    needed_ms = 0 if rows is None else until_ms - 2 * rows * timeframe.duration_ms
    return max(timeframe.window_start(max(needed_ms, since_ms or 0)), 0)


def known_since(
    candles: Candles, outages: Iterable[TimeRange], reach: Reach, since_ms: int | None
) -> int:
    """Open of the first bar of known history: what is missing from there on are holes.

    A gap that begins before everything was asked for is no hole but where what is known ends.
    Whoever says since when asks for everything since then.
    """
    asked_ms = reach.backfilled_from_ms if since_ms is None else since_ms
    gaps = without(candles.gaps(), outages)
    return max((gap.end_ms for gap in gaps if gap.start_ms < (asked_ms or 0)), default=0)
