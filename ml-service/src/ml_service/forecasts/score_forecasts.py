"""Say of every forecast whose horizon has passed what came: at start, and every few seconds.

Several replicas may do so: what one finds is what the other would, and the first write stays.
"""

import asyncio
from collections.abc import Iterable, Sequence
from typing import Final

from ml_service.forecasts.forecast_store import ForecastStore, Settled
from ml_service.forecasts.outcome import DueForecast, outcome_of
from service_kit.candle_window_queries import StretchRead, read_stretch
from service_kit.clock import Clock
from service_kit.database import Database
from service_kit.errors import StoreUnavailableError
from service_kit.logging import get_logger
from service_kit.series import Series
from trading_core.time_range import TimeRange

log = get_logger(__name__)

SWEEP_SECONDS: Final = 5.0


class ForecastScorer:
    def __init__(self, database: Database, store: ForecastStore, clock: Clock) -> None:
        self._database = database
        self._store = store
        self._clock = clock

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            try:
                await self.score()
            except StoreUnavailableError as error:
                log.warning("forecasts_wait", reason=error.message)
            await asyncio.sleep(SWEEP_SECONDS)

    async def score(self) -> int:
        """All that is due and whose candles are there; how many were ours to settle.

        Raises StoreUnavailableError.
        """
        now_ms = self._clock.now_ms()
        series = await self._store.due_series(now_ms)
        return sum([await self._score_series(one, now_ms) for one in series])

    async def _score_series(self, series: Series, now_ms: int) -> int:
        scored, after_ms = 0, -1
        while due := await self._store.due(series, now_ms, after_ms):
            for neighbours in neighbourhoods(due):
                scored += await self._score_some(series, neighbours)
            after_ms = due[-1].bar_open_ms
        if scored:
            symbol, timeframe = series.key
            log.info("forecasts_scored", symbol=symbol, timeframe=timeframe, count=scored)
        return scored

    async def _score_some(self, series: Series, due: Sequence[DueForecast]) -> int:
        until_ms = max(one.horizon_ms for one in due)
        stretch = TimeRange(due[0].bar_open_ms, until_ms)
        read = await read_stretch(self._database, series, stretch, stretch.start_ms)
        settled = await asyncio.to_thread(_settled, due, read)
        return await self._store.settle(series, settled) if settled else 0


def neighbourhoods(due: Iterable[DueForecast]) -> list[list[DueForecast]]:
    """Forecasts, by time, whose bars overlap: what waits for a hole is far from what is new."""
    found: list[list[DueForecast]] = []
    reached_ms = -1
    for one in due:
        if one.bar_open_ms > reached_ms:
            found.append([])
        found[-1].append(one)
        reached_ms = max(reached_ms, one.horizon_ms)
    return found


def _settled(due: Sequence[DueForecast], read: StretchRead) -> list[Settled]:
    found = ((one, outcome_of(one, read.fresh.candles, read.outages)) for one in due)
    return [Settled(one, outcome) for one, outcome in found if outcome is not None]
