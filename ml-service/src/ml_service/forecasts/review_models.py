"""How the models that serve are doing: looked at every so often, and kept in memory.

Predictions carry the verdict, so it has to be there without asking anyone.
"""

import asyncio
from collections.abc import Sequence
from typing import Final, Protocol

from ml_service.forecasts.degradation import degradation
from ml_service.forecasts.drift import Drift, drift
from ml_service.forecasts.forecast_metrics import ForecastMetrics
from ml_service.forecasts.forecast_queries import ForecastQueries
from ml_service.forecasts.live_performance import LivePerformance, live_performance
from ml_service.forecasts.review import Review
from ml_service.learning.population_stability import WINDOW_BARS
from ml_service.registry.model_card import ModelCard
from ml_service.registry.role import Role
from ml_service.registry.serving_model import NobodyServes, ServingModel
from service_kit.errors import StoreUnavailableError
from service_kit.logging import get_logger
from service_kit.series import Series

log = get_logger(__name__)

REVIEW_SECONDS: Final = 30.0
RETRY_SECONDS: Final = 2.0
"""Also before the first: which model serves has to be read before."""
REVIEWED: Final = 500
"""Scored forecasts that the verdict rests on, at most."""


class WhoServes(Protocol):
    def of(self, series: Series, role: Role) -> ServingModel | NobodyServes:
        """Raises StoreUnavailableError."""


class ModelReviewer:
    def __init__(
        self,
        queries: ForecastQueries,
        models: WhoServes,
        metrics: ForecastMetrics,
        series: Sequence[Series],
    ) -> None:
        self._queries = queries
        self._models = models
        self._metrics = metrics
        self._series = tuple(series)
        self._reviews: dict[Series, Review] = {}

    def degraded_reason(self, series: Series, model_id: str) -> str | None:
        """As of the last review of this model; None also before its first."""
        review = self.last_review(series, model_id)
        return review.degraded if review else None

    def last_review(self, series: Series, model_id: str) -> Review | None:
        """None where another model was reviewed last, or none yet."""
        review = self._reviews.get(series)
        return review if review and review.model_id == model_id else None

    async def run(self) -> None:
        """Until cancelled."""
        wait_seconds = RETRY_SECONDS
        while True:
            await asyncio.sleep(wait_seconds)
            try:
                await self.review()
                wait_seconds = REVIEW_SECONDS
            except StoreUnavailableError as error:
                log.warning("models_not_reviewed", reason=error.message)
                wait_seconds = RETRY_SECONDS

    async def review(self) -> None:
        """Every series that a model serves. Raises StoreUnavailableError."""
        found = [await self._review(series) for series in self._series]
        reviews = {one.series: one for one in found if one is not None}
        for series, one in reviews.items():
            if one.degraded != self.degraded_reason(series, one.model_id):
                _tell(one)
        self._reviews = reviews
        self._metrics.show(reviews.values())

    async def _review(self, series: Series) -> Review | None:
        serving = self._models.of(series, Role.CANDLES)
        if not isinstance(serving, ServingModel):
            return None
        live = await self.live(series, serving.card, REVIEWED)
        drifted = await self.drift(series, serving.card)
        reason = degradation(live, drifted)
        return Review(series, serving.card.model_id, live, drifted, reason)

    async def live(self, series: Series, card: ModelCard, last: int) -> LivePerformance:
        """Of the model's last scored forecasts. Raises StoreUnavailableError."""
        scored = await self._queries.scored_of(series, card.model_id, last)
        return await asyncio.to_thread(live_performance, scored, card)

    async def drift(self, series: Series, card: ModelCard) -> Drift | None:
        """Of the model's last forecasts, scored or not. Raises StoreUnavailableError."""
        features = await self._queries.features(series, card.model_id, WINDOW_BARS)
        return drift(features, card)


def _tell(review: Review) -> None:
    event = "model_degraded" if review.degraded else "model_recovered"
    log.warning(event, model_id=review.model_id, reason=review.degraded)
