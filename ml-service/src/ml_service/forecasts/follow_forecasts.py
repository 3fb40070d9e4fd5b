"""Every forecast from its making to its outcome, put together; see `ForecastLog`."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from prometheus_client import CollectorRegistry

from ml_service.forecast import Forecast
from ml_service.forecasts.forecast_metrics import ForecastMetrics
from ml_service.forecasts.forecast_queries import ForecastQueries
from ml_service.forecasts.forecast_store import ForecastStore
from ml_service.forecasts.performance import LivePerformances
from ml_service.forecasts.record_forecasts import ForecastRecorder
from ml_service.forecasts.review_models import ModelReviewer, WhoServes
from ml_service.forecasts.score_forecasts import ForecastScorer
from ml_service.registry.model_store import ModelStore
from service_kit.background import running
from service_kit.clock import Clock
from service_kit.database import Database
from service_kit.series import Series, all_series
from trading_core.symbol import Symbol


class FollowedForecasts:
    """Inside `running`, what is recorded is stored and scored, and serving models are reviewed."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        symbols: Sequence[Symbol],
        models: WhoServes,
        registry: CollectorRegistry,
    ) -> None:
        metrics, store = ForecastMetrics(registry), ForecastStore(database)
        for series in all_series(symbols):
            metrics.watch(series)
        queries, cards = ForecastQueries(database), ModelStore(database)
        self.recorder = ForecastRecorder(store, metrics)
        self.scorer = ForecastScorer(database, store, clock)
        self.reviewer = ModelReviewer(queries, models, metrics, all_series(symbols))
        self.performances = LivePerformances(queries, cards, models, self.reviewer, symbols)

    async def record(self, forecast: Forecast) -> None:
        self.recorder.record(forecast)

    def degraded_reason(self, series: Series, model_id: str) -> str | None:
        return self.reviewer.degraded_reason(series, model_id)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        works = {
            "store_forecasts": self.recorder.run,
            "score_forecasts": self.scorer.run,
            "review_models": self.reviewer.run,
        }
        try:
            async with running(works):
                yield
        finally:
            await self.recorder.store_last()
