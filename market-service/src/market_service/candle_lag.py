"""How long the newest closed bar of each series has been due without being stored.

Counted from the close of the bar that follows the newest one we have: a stored bar, or the end of a
recorded outage. So it grows for as long as nothing comes, however many bars close meanwhile, and is
0 while the newest closed bar is there. Holes further back are not counted here: see `market_holes`.
Nothing is taken off for the moment that a bar takes to arrive.
"""

import asyncio
from collections.abc import Collection, Mapping
from typing import Final, Protocol

from prometheus_client import Gauge

from market_service.exchange_time import ExchangeTime
from service_kit.clock import Clock
from service_kit.errors import StoreUnavailableError
from service_kit.logging import get_logger
from service_kit.series import Series

log = get_logger(__name__)

LOOK_SECONDS: Final = 2.0
"""Wall time between two looks."""


class Reach(Protocol):
    async def reached(self, series: Collection[Series]) -> Mapping[Series, int]:
        """Until when each is stored or a recorded outage. Raises StoreUnavailableError."""


class CandleLag:
    """Of all replicas alike, leading or not: the tables are asked."""

    def __init__(
        self,
        tables: Reach,
        time: ExchangeTime,
        clock: Clock,
        series: Collection[Series],
        gauge: Gauge,
    ) -> None:
        self._tables = tables
        self._time = time
        self._clock = clock
        self._gauges = {one: gauge.labels(*one.key) for one in series}
        self._reached_ms: dict[Series, int] = {}

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            await self.look()
            await asyncio.sleep(LOOK_SECONDS)

    async def look(self) -> None:
        """While the database is away, nothing is stored: what was known before goes on ageing."""
        try:
            found = await self._tables.reached(self._gauges)
        except StoreUnavailableError as error:
            log.debug("candle_lag_not_read", reason=error.message)
            found = {}
        now_ms = self._time.now_ms()
        for series, gauge in self._gauges.items():
            # A series without a bar is waited for from the first look on.
            known_ms = self._reached_ms.setdefault(series, series.timeframe.bar_open(now_ms))
            self._reached_ms[series] = reached_ms = found.get(series, known_ms)
            due_ms = reached_ms + series.bar_ms
            gauge.set(0 if self._clock.ended else max(0.0, self._time.wall_ms_since(due_ms)) / 1000)
