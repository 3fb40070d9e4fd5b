"""What becomes of models that were just trained: files, rows, and whether they serve."""

from collections.abc import Iterable
from dataclasses import dataclass

from ml_service.learning.make_model import TrainedModel
from ml_service.learning.train import Trained
from ml_service.registry.consider import Contest
from ml_service.registry.role import Role
from ml_service.registry.serving_model import may_serve
from ml_service.training.training import TrainedFigures, Verdict
from service_kit.series import Series


@dataclass(frozen=True, slots=True)
class KeepModels:
    series: Series
    contest: Contest

    async def keep(self, trained: Trained, at_ms: int) -> tuple[TrainedFigures, ...]:
        """`at_ms` is event time. Raises StoreUnavailableError."""
        for model in trained.models:
            await self.contest.store.keep(model)
            await self.contest.files.cache(model)
        verdicts = await self._consider(trained.models, at_ms)
        return tuple(_figures(model, verdicts) for model in trained.models)

    async def _consider(
        self, models: tuple[TrainedModel, ...], at_ms: int
    ) -> dict[str, list[Verdict]]:
        """For each role the best model that may answer it; by model."""
        verdicts: dict[str, list[Verdict]] = {}
        for role in Role:
            model = next(one for one in models if may_serve(one.card, role))
            found = await self.contest.consider(self.series, role, model, at_ms)
            verdict = Verdict(role=role, promoted=found.promoted, sentence=found.sentence)
            verdicts.setdefault(model.card.model_id, []).append(verdict)
        return verdicts


def _figures(model: TrainedModel, verdicts: dict[str, list[Verdict]]) -> TrainedFigures:
    card, unseen = model.card, model.card.evaluation.untouched
    return TrainedFigures(
        model_id=card.model_id,
        feature_set=card.feature_set,
        training_samples=card.fit.bars + card.early_stopping.bars + card.calibration.bars,
        test_samples=unseen.bars,
        accuracy=unseen.accuracy,
        majority_rate=unseen.majority_rate,
        balanced_accuracy=unseen.balanced_accuracy,
        log_loss=unseen.log_loss,
        prior_log_loss=unseen.prior_log_loss,
        log_loss_skill=unseen.skill,
        skill_low=unseen.skill_low,
        skill_high=unseen.skill_high,
        expected_calibration_error=unseen.expected_calibration_error,
        has_skill=card.gate.passed,
        gate=card.gate.sentence,
        verdicts=tuple(verdicts.get(card.model_id, ())),
    )


def sentence_of(models: Iterable[TrainedFigures]) -> str:
    """Who serves now, or why nobody new does; each sentence once."""
    said = {
        f"{one.model_id} {'serves' if verdict.promoted else 'does not serve'} ({verdict.role}):"
        f" {verdict.sentence}": None
        for one in models
        for verdict in one.verdicts
    }
    return "; ".join(said)
