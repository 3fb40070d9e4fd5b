"""Store forecasts behind the answers' backs: whoever asked never waits for the table.

They wait in memory while the database is away. What does not fit there is counted as lost.
"""

import asyncio
from collections.abc import Sequence
from typing import Final, Protocol

from ml_service.forecast import Forecast
from ml_service.forecasts.forecast_metrics import OUTCOMES, ForecastMetrics
from service_kit.errors import StoreUnavailableError
from service_kit.logging import get_logger

log = get_logger(__name__)

MOST_WAITING: Final = 10_000
REMEMBERED: Final = 10_000
"""Forecasts that are known to be stored: the same bar is often asked for again."""
RETRY_SECONDS: Final = 1.0

_Key = tuple[str, str, int, str]


class Keeper(Protocol):
    async def keep(self, forecasts: Sequence[Forecast]) -> None:
        """Raises StoreUnavailableError."""


class ForecastRecorder:
    def __init__(self, store: Keeper, metrics: ForecastMetrics) -> None:
        self._store = store
        self._metrics = metrics
        self._waiting: dict[_Key, Forecast] = {}
        self._stored: dict[_Key, None] = {}
        self._woken = asyncio.Event()

    def record(self, forecast: Forecast) -> None:
        """Keep the first of each bar and model, unless its outcome is known already."""
        outcome = OUTCOMES[forecast.abstained]
        self._metrics.predictions.labels(*forecast.series.key, outcome).inc()
        key = _key(forecast)
        known = key in self._waiting or key in self._stored
        if known or forecast.predicted_at_ms >= forecast.horizon_ms:
            return
        if len(self._waiting) >= MOST_WAITING:
            self._metrics.lost.labels(*forecast.series.key).inc()
            return
        self._waiting[key] = forecast
        self._woken.set()

    async def run(self) -> None:
        """Store what comes, until cancelled."""
        while True:
            await self._woken.wait()
            try:
                await self.store_waiting()
            except StoreUnavailableError as error:
                log.warning("forecasts_not_stored_yet", reason=error.message)
                await asyncio.sleep(RETRY_SECONDS)

    async def store_waiting(self) -> None:
        """Raises StoreUnavailableError; they go on waiting then."""
        self._woken.clear()
        waiting = dict(self._waiting)
        try:
            await self._store.keep(list(waiting.values()))
        except BaseException:
            self._woken.set()
            raise
        for key in waiting:
            del self._waiting[key]
            self._stored[key] = None
        while len(self._stored) > REMEMBERED:
            del self._stored[next(iter(self._stored))]

    async def store_last(self) -> None:
        """What still waits when the service ends; what cannot be stored then is lost."""
        try:
            await self.store_waiting()
        except StoreUnavailableError as error:
            log.warning("forecasts_lost", count=len(self._waiting), reason=error.message)
            for one in self._waiting.values():
                self._metrics.lost.labels(*one.series.key).inc()


def _key(forecast: Forecast) -> _Key:
    return (*forecast.series.key, forecast.bar_open_ms, forecast.card.model_id)
