"""How the models of a series are doing live, for whoever asks."""

import asyncio
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from ml_service.forecasts.forecast_queries import ForecastQueries, ScoredForecasts
from ml_service.forecasts.live_performance import LiveFigures, LivePerformance, live_performance
from ml_service.forecasts.review_models import ModelReviewer, WhoServes
from ml_service.performance_schemas import (
    DriftAnswer,
    LiveAnswer,
    LiveFiguresAnswer,
    ModelAnswer,
    PerformanceAnswer,
    ReliabilityAnswer,
)
from ml_service.registry.model_card import ModelCard
from ml_service.registry.model_store import ModelStore
from ml_service.registry.role import Role
from ml_service.registry.serving_model import NobodyServes
from service_kit.series import Series, watched_series
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe


@dataclass(frozen=True, slots=True)
class LivePerformances:
    queries: ForecastQueries
    cards: ModelStore
    models: WhoServes
    reviewer: ModelReviewer
    symbols: Collection[Symbol]

    async def read(self, symbol: str, timeframe: Timeframe, last: int) -> PerformanceAnswer:
        """Raises NotFoundError for a symbol that is not watched, StoreUnavailableError."""
        series = watched_series(self.symbols, symbol, timeframe)
        serving = self.models.of(series, Role.CANDLES)
        card = serving.card
        answer = PerformanceAnswer(
            symbol=series.symbol.compact,
            timeframe=timeframe,
            role=Role.CANDLES,
            last=last,
            model_id=card and card.model_id,
            abstains_for=serving.reason if isinstance(serving, NobodyServes) else None,
            models=await self._models(series, last),
        )
        return answer if card is None else await self._with_model(answer, series, card)

    async def _with_model(
        self, answer: PerformanceAnswer, series: Series, card: ModelCard
    ) -> PerformanceAnswer:
        live = await self.reviewer.live(series, card, answer.last)
        drift = await self.reviewer.drift(series, card)
        degraded = self.reviewer.degraded_reason(series, card.model_id)
        found = {
            "live": live_answer(live),
            "drift": drift and DriftAnswer.model_validate(drift),
            "degraded": degraded is not None,
            "degraded_reason": degraded,
        }
        return answer.model_copy(update=found)

    async def _models(self, series: Series, last: int) -> list[ModelAnswer]:
        """Whoever made the last forecasts of the series, the newest first."""
        scored = await self.queries.scored(series, last)
        cards = [await self.cards.card(one.model_id) for one in scored]
        return await asyncio.to_thread(_model_answers, scored, cards)


def _model_answers(
    scored: Iterable[ScoredForecasts], cards: Iterable[ModelCard | None]
) -> list[ModelAnswer]:
    return [
        ModelAnswer(model_id=one.model_id, live=live_answer(live_performance(one, card)))
        for one, card in zip(scored, cards, strict=True)
        if card is not None
    ]


def live_answer(live: LivePerformance) -> LiveAnswer:
    return LiveAnswer(
        scored=live.scored,
        abstained=live.abstained,
        verdict=live.verdict,
        figures=live.figures and _figures_answer(live.figures),
    )


def _figures_answer(figures: LiveFigures) -> LiveFiguresAnswer:
    found = figures.of_bars
    return LiveFiguresAnswer(
        from_ms=found.from_ms,
        until_ms=found.until_ms,
        log_loss=found.log_loss,
        prior_log_loss=found.prior_log_loss,
        skill=found.skill,
        skill_interval=(found.skill_low, found.skill_high),
        skill_upper_bound=figures.skill_upper_bound,
        brier=found.brier,
        prior_brier=found.prior_brier,
        expected_calibration_error=found.expected_calibration_error,
        reliability=list(map(ReliabilityAnswer.model_validate, found.reliability)),
        hit_rate=found.accuracy,
        majority_rate=found.majority_rate,
        balanced_accuracy=found.balanced_accuracy,
        class_shares=found.class_shares,
    )
