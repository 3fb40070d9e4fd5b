"""What is told of models, and which of them answers."""

from dataclasses import dataclass

from ml_service.model_schemas import (
    ModelList,
    ModelReport,
    ModelSummary,
    PromotionAnswer,
)
from ml_service.registry.model_card import ModelCard
from ml_service.registry.model_id import is_model_id
from ml_service.registry.model_store import ModelStore
from ml_service.registry.promotion import Promotion
from ml_service.registry.promotions import Promotions, series_of
from ml_service.registry.role import Role
from ml_service.registry.serving_model import ServingModel
from ml_service.registry.serving_models import ServingModels
from ml_service.report.report_json import model_report, model_summary
from ml_service.report.report_page import report_page
from ml_service.schemas import ModelFacts
from service_kit.clock import Clock
from service_kit.errors import NotFoundError
from service_kit.series import Series, watched_series
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe


@dataclass(frozen=True, slots=True)
class ModelPages:
    """Every method raises StoreUnavailableError."""

    store: ModelStore
    promotions: Promotions
    models: ServingModels
    clock: Clock
    symbols: tuple[Symbol, ...]

    async def listed(
        self, symbol: Symbol | None, timeframe: Timeframe | None, limit: int
    ) -> ModelList:
        """Newest first."""
        cards = await self.store.cards(symbol, timeframe, limit)
        return ModelList(models=[self._summary(card) for card in cards])

    async def summary(self, model_id: str) -> ModelSummary:
        """Raises NotFoundError, as every method that takes an id does."""
        return self._summary(await self._card(model_id))

    async def report(self, model_id: str) -> ModelReport:
        card = await self._card(model_id)
        return model_report(card, self._serves(card))

    async def page(self, model_id: str) -> str:
        """The report as HTML."""
        return report_page(await self._card(model_id))

    async def promote(self, model_id: str, role: Role) -> PromotionAnswer:
        """Raises ConflictError where the model may not serve."""
        _check_id(model_id)
        promotion = await self.promotions.promote(model_id, role, self.clock.now_ms())
        return await self._promoted(promotion)

    async def rollback(self, symbol: str, timeframe: Timeframe, role: Role) -> PromotionAnswer:
        """Raises ConflictError where no other model served before."""
        series = watched_series(self.symbols, symbol, timeframe)
        promotion = await self.promotions.rollback(series, role, self.clock.now_ms())
        return await self._promoted(promotion)

    def is_any_loaded(self) -> bool:
        """False also while the tables have not been seen."""
        return self.models.is_any_loaded()

    def facts(self, symbol: str | None, timeframe: Timeframe) -> ModelFacts:
        """Of what serves; the first symbol unless told otherwise."""
        series = watched_series(self.symbols, symbol or self.symbols[0].slashed, timeframe)
        serving = self.models.of(series, Role.CANDLES)
        if not isinstance(serving, ServingModel):
            return ModelFacts(loaded=False)
        return _facts(serving.card)

    def _summary(self, card: ModelCard) -> ModelSummary:
        return model_summary(card, self._serves(card))

    def _serves(self, card: ModelCard) -> list[Role]:
        return [role for role in Role if self._serves_as(card, series_of(card), role)]

    def _serves_as(self, card: ModelCard, series: Series, role: Role) -> bool:
        serving = self.models.of(series, role)
        return isinstance(serving, ServingModel) and serving.card.model_id == card.model_id

    async def _card(self, model_id: str) -> ModelCard:
        _check_id(model_id)
        card = await self.store.card(model_id)
        if card is None:
            raise NotFoundError(f"there is no model {model_id}")
        return card

    async def _promoted(self, promotion: Promotion) -> PromotionAnswer:
        """Whoever asks next is answered by it already."""
        await self.models.refresh()
        return PromotionAnswer.of(promotion)


def _check_id(model_id: str) -> None:
    if not is_model_id(model_id):
        raise NotFoundError("there is no model of that name")


def _facts(card: ModelCard) -> ModelFacts:
    figures = card.evaluation.untouched
    return ModelFacts(
        loaded=True,
        symbol=card.symbol,
        timeframe=card.timeframe,
        accuracy=figures.accuracy,
        majority_rate=figures.majority_rate,
        balanced_accuracy=figures.balanced_accuracy,
        log_loss_skill=figures.skill,
        skill_interval=(figures.skill_low, figures.skill_high),
        ece=figures.expected_calibration_error,
        trained_at=card.trained_at_ms,
        feature_count=len(card.feature_names),
        feature_set=card.feature_set,
        model_id=card.model_id,
    )
