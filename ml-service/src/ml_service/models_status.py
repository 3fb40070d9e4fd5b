"""What serves each series and how it is doing, from memory: it may be asked all the time."""

from collections.abc import Sequence
from dataclasses import dataclass

from ml_service.forecasts.review import Review
from ml_service.forecasts.review_models import ModelReviewer, WhoServes
from ml_service.models_status_schemas import DriftStatus, LiveStatus, ModelsStatus, ModelStatus
from ml_service.registry.model_card import ModelCard
from ml_service.registry.role import Role
from ml_service.registry.serving_model import AbstainReason, NobodyServes
from service_kit.series import Series


@dataclass(frozen=True, slots=True)
class StatusBoard:
    models: WhoServes
    reviewer: ModelReviewer
    series: Sequence[Series]

    def read(self) -> ModelsStatus:
        """Raises StoreUnavailableError before the tables were seen for the first time."""
        return ModelsStatus(models=[self._of(series) for series in self.series])

    def _of(self, series: Series) -> ModelStatus:
        serving = self.models.of(series, Role.CANDLES)
        symbol, timeframe = series.key
        abstains_for = serving.reason if isinstance(serving, NobodyServes) else None
        card = serving.card
        if card is None:
            return ModelStatus(symbol=symbol, timeframe=timeframe, abstains_for=abstains_for)
        review = self.reviewer.last_review(series, card.model_id)
        return model_status(card, abstains_for, review)


def model_status(
    card: ModelCard, abstains_for: AbstainReason | None, review: Review | None
) -> ModelStatus:
    """Of what was proven of a model, and of its last review."""
    figures = card.evaluation.untouched
    return ModelStatus(
        symbol=card.symbol,
        timeframe=card.timeframe,
        model_id=card.model_id,
        feature_set=card.feature_set,
        trained_at=card.trained_at_ms,
        abstains_for=abstains_for,
        verdict=card.gate.sentence,
        log_loss_skill=figures.skill,
        skill_interval=(figures.skill_low, figures.skill_high),
        degraded=review is not None and review.degraded is not None,
        degraded_reason=review and review.degraded,
        live=review and LiveStatus.model_validate(review.live),
        drift=review and review.drift and DriftStatus.model_validate(review.drift),
    )
