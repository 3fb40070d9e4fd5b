"""A model's card as the public contract tells it."""

from collections.abc import Iterable

from ml_service.model_schemas import ModelReport, ModelSummary
from ml_service.registry.model_card import ModelCard
from ml_service.registry.role import Role
from ml_service.report.reproduce import reproduce


def model_summary(card: ModelCard, serves: Iterable[Role]) -> ModelSummary:
    figures = card.evaluation.untouched
    return ModelSummary(
        model_id=card.model_id,
        symbol=card.symbol,
        timeframe=card.timeframe,
        feature_set=card.feature_set,
        trained_at=card.trained_at_ms,
        data_from=card.fit.from_ms,
        data_until=card.untouched.until_ms,
        has_skill=card.gate.passed,
        verdict=card.gate.sentence,
        serves=list(serves),
        bars=figures.bars,
        log_loss=figures.log_loss,
        prior_log_loss=figures.prior_log_loss,
        log_loss_skill=figures.skill,
        skill_interval=(figures.skill_low, figures.skill_high),
        skill_lower_bound=figures.skill_lower_bound,
        ece=figures.expected_calibration_error,
        accuracy=figures.accuracy,
        majority_rate=figures.majority_rate,
        balanced_accuracy=figures.balanced_accuracy,
        configurations_tried=len(card.evaluation.configurations),
    )


def model_report(card: ModelCard, serves: Iterable[Role]) -> ModelReport:
    return ModelReport(summary=model_summary(card, serves), reproduce=reproduce(card), card=card)
