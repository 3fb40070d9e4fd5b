"""Follow rebuilt signals on stored candles, inside which finer ones are looked at.

A bar that reaches no level cannot hide one, so the signal's own candles with the finest ones that
are stored inside them give what the finest alone would.
"""

import asyncio
from collections.abc import Sequence

from service_kit import candle_queries
from service_kit.candle_queries import Page
from service_kit.database import Database, pooled_connection
from service_kit.series import Series
from signals_service.finer_candles import finer_candles
from signals_service.unbroken_candles import UnbrokenCandles, unbroken_candles
from trading_core.candles import Candles
from trading_core.outcomes.follow import follow, follow_all
from trading_core.outcomes.progress import Progress
from trading_core.time_range import TimeRange


class HistoryFollower:
    """Every method raises StoreUnavailableError."""

    def __init__(self, database: Database, series: Series) -> None:
        self._database = database
        self._series = series

    async def follow(self, progresses: Sequence[Progress]) -> list[Progress]:
        """Each as far as candles go without a hole, in the order given."""
        if not progresses:
            return []
        since_ms = min(one.followed_until_ms for one in progresses)
        ended_ms = max(one.position.horizon_end_ms for one in progresses)
        until_ms = await self._seen_beyond(ended_ms)
        own = await unbroken_candles(self._database, self._series, since_ms, until_ms)
        within = TimeRange(since_ms, until_ms)
        finer = await finer_candles(self._database, self._series, within)
        return await asyncio.to_thread(_follow_each, progresses, own, finer)

    async def _seen_beyond(self, horizon_end_ms: int) -> int:
        """Past the first candle after the horizons: it shows that nothing comes before it."""
        key = (self._series.symbol, self._series.timeframe)
        async with pooled_connection(self._database) as connection:
            rows = await candle_queries.candle_rows(
                connection, *key, Page(1, since_ms=horizon_end_ms)
            )
        return rows[0][0] + self._series.bar_ms if rows else horizon_end_ms


def _follow_each(
    progresses: Sequence[Progress], own: UnbrokenCandles, finer: Sequence[Candles]
) -> list[Progress]:
    """All at once, but one by one where a hole stands in the way of some."""
    if not own.holes:
        return list(follow_all(progresses, own.candles, finer))
    return [follow(one, own.after(one.followed_until_ms), finer) for one in progresses]
