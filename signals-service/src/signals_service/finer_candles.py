"""What is stored inside the candles of a series, to see what came first in each of them."""

from typing import Final

from service_kit.database import Database
from service_kit.series import Series
from signals_service.unbroken_candles import unbroken_candles
from trading_core.candles import Candles
from trading_core.time_range import TimeRange
from trading_core.timeframe import Timeframe

MOST_BARS_INSIDE: Final = 300
"""Of a finer timeframe in one bar: minutes for up to 4h, five minutes for a day."""


async def finer_candles(
    database: Database, series: Series, within: TimeRange, most_bars: int = 2**31
) -> tuple[Candles, ...]:
    """The finest first, until one of them covers everything; none of more than `most_bars`.

    Raises StoreUnavailableError.
    """
    found = []
    for timeframe in _finer(series.timeframe):
        if timeframe.bars_between(within.start_ms, within.end_ms) > most_bars:
            continue
        inside = Series(series.symbol, timeframe)
        stored = await unbroken_candles(database, inside, within.start_ms, within.end_ms)
        if len(stored.candles):
            found.append(stored.candles)
        if not stored.holes:
            break
    return tuple(found)


def _finer(timeframe: Timeframe) -> tuple[Timeframe, ...]:
    """Ascending in duration."""
    bar_ms = timeframe.duration_ms
    return tuple(
        one
        for one in Timeframe
        if one.duration_ms < bar_ms
        and bar_ms % one.duration_ms == 0
        and bar_ms // one.duration_ms <= MOST_BARS_INSIDE
    )
