"""The services that a decision is made with, each over one kept-alive client."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from prometheus_client import CollectorRegistry

from service_kit.series import Series
from service_kit.service_client import ServiceClient
from service_kit.sibling_metrics import SiblingMetrics
from signals_service.ask_model import ModelClient
from signals_service.settings import SignalsSettings
from signals_service.sibling_answers import (
    IndicatorsAnswer,
    PatternsAnswer,
    PredictionAnswer,
    VolumeAnswer,
)

CLOSED_BAR: Final = "/closed-bar"


class Siblings:
    """Each method asks about one closed bar, and may be repeated; it raises ServiceError."""

    def __init__(
        self,
        analysis: ServiceClient,
        patterns: ServiceClient,
        market: ServiceClient,
        model: ModelClient,
    ) -> None:
        self._analysis = analysis
        self._patterns = patterns
        self._market = market
        self._model = model

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[None]:
        """They can be asked inside the block only."""
        async with self._analysis, self._patterns, self._market, self._model:
            yield

    async def indicators(self, series: Series, timestamp: int) -> IndicatorsAnswer:
        return await self._analysis.post(CLOSED_BAR, IndicatorsAnswer, _question(series, timestamp))

    async def recent_patterns(self, series: Series, timestamp: int, bars: int) -> PatternsAnswer:
        """Of the last so many bars, the asked one included."""
        question = {**_question(series, timestamp), "bars": bars}
        return await self._patterns.post(CLOSED_BAR, PatternsAnswer, question)

    async def volume(self, series: Series, timestamp: int) -> VolumeAnswer:
        return await self._market.post(CLOSED_BAR, VolumeAnswer, _question(series, timestamp))

    async def prediction(self, series: Series, timestamp: int) -> PredictionAnswer:
        return await self._model.predict(series, timestamp)


def create_siblings(settings: SignalsSettings, registry: CollectorRegistry) -> Siblings:
    metrics = SiblingMetrics(registry)
    analysis, patterns, market = (
        ServiceClient(url, name, meter=metrics.of(f"{name}-service"))
        for name, url in (
            ("analysis", settings.analysis_service_url),
            ("patterns", settings.patterns_service_url),
            ("market", settings.market_service_url),
        )
    )
    model = ModelClient(settings.ml_service_url, metrics.of("ml-service"))
    return Siblings(analysis, patterns, market, model)


def _question(series: Series, timestamp: int) -> dict[str, str | int]:
    symbol, timeframe = series.key
    return {"symbol": symbol, "timeframe": timeframe, "timestamp": timestamp}
