"""Whether a series has the history for a model that nobody asked for."""

from typing import Final

from service_kit import candle_queries
from service_kit.candle_queries import Page
from service_kit.clock import Clock
from service_kit.coverage_queries import Reach, reach_of
from service_kit.database import Database, pooled_connection
from service_kit.series import Series
from trading_core.time_range import TimeRange

LEAST_BARS: Final = 3_500
"""About 3,000 labelled rows: some bars are not warm, and some have no label yet."""
QUIET_MS: Final = 60_000
"""Wall time after which history that does not reach further down is all that is to come."""


class HistoryReady:
    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._seen: dict[Series, tuple[Reach, int]] = {}

    async def is_ready(self, series: Series) -> bool:
        """Raises StoreUnavailableError."""
        async with pooled_connection(self._database) as connection:
            reach = await reach_of(connection, series)
            if reach.backfilled_from_ms is None or not self._is_settled(series, reach):
                return False
            since_ms = max(reach.backfilled_from_ms, reach.first_available_ms or 0)
            key = (connection, series.symbol, series.timeframe)
            opens = await candle_queries.open_times(*key, Page(LEAST_BARS, since_ms))
            if len(opens) < LEAST_BARS:
                return False
            closed_ms = await candle_queries.closed_until(*key)
            return not await candle_queries.holes(*key, TimeRange(since_ms, closed_ms or since_ms))

    def _is_settled(self, series: Series, reach: Reach) -> bool:
        """Whether no more history is being fetched."""
        now_ms = self._clock.wall_ms()
        known, since_ms = self._seen.setdefault(series, (reach, now_ms))
        if known != reach:
            self._seen[series] = (reach, now_ms)
        return reach.is_complete or (known == reach and now_ms - since_ms >= QUIET_MS)
