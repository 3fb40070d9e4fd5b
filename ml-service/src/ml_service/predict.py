"""The bar that is asked about, the model that serves, and what it says."""

import time
from collections.abc import Collection
from dataclasses import dataclass

from prometheus_client import Histogram

from ml_service.class_prior import class_prior
from ml_service.directions import DIRECTIONS
from ml_service.forecast import Forecast, ForecastLog
from ml_service.learning.calibrator import Triple
from ml_service.registry.role import Role
from ml_service.registry.serving_model import NobodyServes, ServingModel
from ml_service.registry.serving_models import ServingModels
from ml_service.schemas import (
    GivenIndicators,
    PredictionAnswer,
    PredictionRequest,
    Probabilities,
)
from ml_service.seen_bar import SeenBar, see_bar, see_given
from ml_service.statement import Statement, state
from ml_service.tier import tier
from service_kit.candle_queries import closed_until
from service_kit.candle_windows import CandleWindow, CandleWindows
from service_kit.clock import Clock
from service_kit.database import Database, pooled_connection
from service_kit.errors import ConflictError, NotFoundError
from service_kit.series import Series, watched_series
from trading_core.candles import Candles
from trading_core.features.catalogue import FEATURE_SETS
from trading_core.features.feature_set import FeatureSet
from trading_core.features.specification import SPEC16
from trading_core.symbol import Symbol


@dataclass(frozen=True, slots=True)
class Predictor:
    database: Database
    windows: CandleWindows
    clock: Clock
    symbols: Collection[Symbol]
    models: ServingModels
    forecasts: ForecastLog
    seconds: Histogram
    """Of what is answered."""

    async def predict(self, request: PredictionRequest) -> PredictionAnswer:
        """By the model that serves; abstaining, the class prior.

        Raises:
            NotFoundError: the symbol is not watched, or it has no closed candle yet.
            BadRequestError: no bar opens at the timestamp.
            CandlesMissingError: there is a hole in what the features are computed from.
            StoreUnavailableError: the database is away.

        """
        started = time.perf_counter()
        series = watched_series(self.symbols, request.symbol, request.timeframe)
        if request.indicators is None:
            answer = await self._from_candles(series, request)
        else:
            answer = await self._from_given(series, request, request.indicators)
        self.seconds.observe(time.perf_counter() - started)
        return answer

    async def features(self, request: PredictionRequest) -> dict[str, float]:
        """The 16 of the specification, by name; raises as `predict` does.

        Raises ConflictError where an indicator is not warm.
        """
        series = watched_series(self.symbols, request.symbol, request.timeframe)
        window = await self._window(series, request)
        features = _spec16(request, window).by_name()
        if not features:
            raise ConflictError("an indicator that the features need is not warm yet")
        return features

    async def _from_candles(self, series: Series, request: PredictionRequest) -> PredictionAnswer:
        window = await self._window(series, request)
        serving = self.models.of(series, Role.CANDLES)
        bar = see_bar(_feature_set(serving), window)
        said = state(serving, bar, _card_prior(serving) or _prior(window.candles))
        forecast = self._forecast(series, window.candles.last_open_ms, serving, bar, said)
        if forecast is not None:
            await self.forecasts.record(forecast)
        return self._answer(series, bar, said)

    async def _from_given(
        self, series: Series, request: PredictionRequest, indicators: GivenIndicators
    ) -> PredictionAnswer:
        """Candles are looked at only for what was not brought along."""
        serving = self.models.of(series, Role.INDICATORS)
        close, prior = request.close, _card_prior(serving)
        if close is None or prior is None:
            candles = (await self._window(series, request)).candles
            close = close or float(candles.close[-1])
            prior = prior or _prior(candles)
        bar = see_given(SPEC16, indicators.values(), close)
        return self._answer(series, bar, state(serving, bar, prior))

    async def _window(self, series: Series, request: PredictionRequest) -> CandleWindow:
        opened_ms = request.timestamp
        if opened_ms is None:
            opened_ms = await self._newest_bar(series)
        return await self.windows.at(series.symbol, series.timeframe, series.checked_bar(opened_ms))

    async def _newest_bar(self, series: Series) -> int:
        async with pooled_connection(self.database) as connection:
            closed_ms = await closed_until(connection, series.symbol, series.timeframe)
        if closed_ms is None:
            raise NotFoundError(f"there are no {series.timeframe} candles of {series.symbol} yet")
        return closed_ms - series.bar_ms

    def _forecast(
        self,
        series: Series,
        opened_ms: int,
        serving: ServingModel | NobodyServes,
        bar: SeenBar,
        said: Statement,
    ) -> Forecast | None:
        """None where it is no model's, not warm, or its outcome could be known already."""
        card, features, now_ms = serving.card, bar.by_name(), self.clock.now_ms()
        if card is None or tuple(features) != card.feature_names:
            return None
        horizon_ms = opened_ms + (card.look_ahead_bars + 1) * series.bar_ms
        if now_ms >= horizon_ms:
            return None
        return Forecast(
            series=series,
            bar_open_ms=opened_ms,
            card=card,
            features=tuple(features.values()),
            probabilities=said.probabilities,
            abstained=said.abstains_for is not None,
            predicted_at_ms=now_ms,
            horizon_ms=horizon_ms,
        )

    def _answer(self, series: Series, bar: SeenBar, said: Statement) -> PredictionAnswer:
        degraded = said.model_id and self.forecasts.degraded_reason(series, said.model_id)
        return PredictionAnswer(
            direction=said.direction,
            probability=said.probability,
            confidence="low" if said.abstains_for else tier(said.probability),
            features_used=bar.by_name(),
            timestamp=self.clock.now_ms(),
            model_id=said.model_id,
            probabilities=Probabilities(**dict(zip(DIRECTIONS, said.probabilities, strict=True))),
            contributions=said.contributions and dict(said.contributions),
            abstained=said.abstains_for is not None,
            reason=said.abstains_for,
            degraded=bool(degraded),
            degraded_reason=degraded or None,
        )


def _spec16(request: PredictionRequest, window: CandleWindow) -> SeenBar:
    if request.indicators is None:
        return see_bar(SPEC16, window)
    close = request.close or float(window.candles.close[-1])
    return see_given(SPEC16, request.indicators.values(), close)


def _feature_set(serving: ServingModel | NobodyServes) -> FeatureSet:
    """The specification's where there is no model."""
    return FEATURE_SETS.get(serving.card.feature_set, SPEC16) if serving.card else SPEC16


def _card_prior(serving: ServingModel | NobodyServes) -> Triple | None:
    return serving.card.prior if serving.card else None


def _prior(candles: Candles) -> Triple:
    found = class_prior(candles.close)
    return found.down, found.neutral, found.up
