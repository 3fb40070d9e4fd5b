"""Fit the chosen configuration once, calibrate it, test it once on the untouched stretch."""

import hashlib
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from ml_service.learning.anchor import ClassWeights
from ml_service.learning.calibration import Calibration, fit_calibration, probabilities
from ml_service.learning.calibrator import Triple
from ml_service.learning.choose import Tried
from ml_service.learning.dataset import Dataset, TrainingData
from ml_service.learning.evaluation import Configuration, Evaluation, Figures
from ml_service.learning.figures import Answers, answers, class_shares, figures, joined
from ml_service.learning.fit import balanced_weights, fit_matrices, fit_trees
from ml_service.learning.forest import Forest
from ml_service.learning.package_versions import package_versions
from ml_service.learning.population_stability import bin_shares, usual_drift
from ml_service.learning.skill_gate import skill_gate
from ml_service.learning.stretches import Parts, parts
from ml_service.learning.training_plan import TrainingPlan
from ml_service.registry.model_card import FORMAT, FeatureBins, ModelCard, Stretch
from ml_service.registry.model_id import model_id_of
from trading_core.features.feature_set import FeatureSet
from trading_core.indicators.values import FloatArray

MOST_EXPLAINED: Final = 2_000
"""Untouched bars, evenly spread, that importance is measured on."""
DECILES: Final = tuple(k / 10 for k in range(1, 10))


@dataclass(frozen=True, slots=True, eq=False)
class TrainedModel:
    trees: bytes
    """UBJ."""
    card: ModelCard


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Lesson:
    """What all models of one training have in common."""

    data: TrainingData
    plan: TrainingPlan
    trained_at_ms: int
    gap: int
    untouched: int
    """Row that the untouched stretch begins at."""
    tried: tuple[Tried, ...]

    @property
    def bar_ms(self) -> int:
        return self.data.candles.timeframe.duration_ms

    @property
    def parts(self) -> Parts:
        return parts(self.untouched, self.gap)

    def figures(self, of: Answers) -> Figures:
        return figures(of, self.bar_ms, self.plan.label_rule.look_ahead_bars)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Made:
    """A model before it is tested and described."""

    trees: bytes
    forest: Forest
    rounds: int
    weights: ClassWeights | None
    calibration: Calibration
    prior: Triple


def make_model(
    lesson: Lesson, feature_set: FeatureSet, rows: Dataset, chosen: Tried
) -> TrainedModel:
    """What is tested is what is stored: read back from its bytes, never fitted again."""
    made = _make(lesson, feature_set, rows, chosen)
    untouched = rows[lesson.untouched :]
    said = probabilities(made.calibration.record, made.forest.margins(untouched.features))
    unseen = answers(untouched.open_time_ms, said, made.prior, untouched.classes)
    evaluation = _evaluation(lesson, chosen, made, lesson.figures(unseen))
    return TrainedModel(made.trees, _card(lesson, feature_set, rows, chosen, made, evaluation))


def _make(lesson: Lesson, feature_set: FeatureSet, rows: Dataset, chosen: Tried) -> _Made:
    fit, calibration = rows[lesson.parts.fit], rows[lesson.parts.calibration]
    weights = balanced_weights(fit.classes) if chosen.candidate.class_weights else None
    matrices = fit_matrices(rows, lesson.parts, weights)
    fitted = fit_trees(matrices, chosen.candidate.parameters, lesson.plan.seed)
    trees = fitted.forest.ubj
    forest = Forest.of(trees, len(feature_set.names))
    margins = forest.margins(calibration.features)
    return _Made(
        trees=trees,
        forest=forest,
        rounds=fitted.rounds,
        weights=weights,
        calibration=fit_calibration(margins, calibration.classes, matrices.anchor, lesson.gap),
        prior=class_shares(rows[: lesson.untouched - lesson.gap].classes),
    )


def _evaluation(lesson: Lesson, chosen: Tried, made: _Made, untouched: Figures) -> Evaluation:
    return Evaluation(
        configurations=tuple(_configuration(one, chosen) for one in lesson.tried),
        folds=tuple(lesson.figures(fold) for fold in chosen.folds),
        walk_forward=lesson.figures(joined(chosen.folds)),
        untouched=untouched,
        calibrators=made.calibration.log_losses,
    )


def _configuration(tried: Tried, chosen: Tried) -> Configuration:
    return Configuration(
        feature_set=tried.candidate.feature_set,
        parameters=tried.candidate.parameters,
        class_weights=tried.candidate.class_weights,
        log_loss=tried.log_loss,
        skill=tried.skill,
        chosen=tried is chosen,
    )


def _card(
    lesson: Lesson,
    feature_set: FeatureSet,
    rows: Dataset,
    chosen: Tried,
    made: _Made,
    evaluation: Evaluation,
) -> ModelCard:
    candles, rule = lesson.data.candles, lesson.plan.label_rule
    fit, untouched = rows[lesson.parts.fit], rows[lesson.untouched :]
    importance = _importance(made.forest, feature_set.names, untouched.features)
    bins = _bins(feature_set.names, fit.features)
    card = ModelCard(
        format=FORMAT,
        model_id="",
        symbol=candles.symbol.compact,
        timeframe=candles.timeframe,
        feature_set=feature_set.name,
        feature_version=feature_set.version,
        feature_hash=feature_set.schema_hash,
        feature_names=feature_set.names,
        look_ahead_bars=rule.look_ahead_bars,
        threshold=rule.threshold,
        trained_at_ms=lesson.trained_at_ms,
        seed=lesson.plan.seed,
        lookback_rows=lesson.plan.lookback_rows,
        candles_hash=candles.content_hash(),
        dropped=rows.dropped,
        fit=_stretch(fit, lesson.bar_ms),
        early_stopping=_stretch(rows[lesson.parts.early_stopping], lesson.bar_ms),
        calibration=_stretch(rows[lesson.parts.calibration], lesson.bar_ms),
        untouched=_stretch(untouched, lesson.bar_ms),
        parameters=chosen.candidate.parameters,
        rounds=made.rounds,
        class_weights=made.weights,
        calibrator=made.calibration.record,
        prior=made.prior,
        evaluation=evaluation,
        importance=importance,
        bins=bins,
        usual_drift=usual_drift(fit.features, bins, importance),
        gate=skill_gate(evaluation.untouched),
        packages=package_versions(),
        trees_sha256=hashlib.sha256(made.trees).hexdigest(),
    )
    return replace(card, model_id=model_id_of(card, made.trees))


def _stretch(rows: Dataset, bar_ms: int) -> Stretch:
    first_ms, last_ms = int(rows.open_time_ms[0]), int(rows.open_time_ms[-1])
    return Stretch(from_ms=first_ms, until_ms=last_ms + bar_ms, bars=len(rows))


def _importance(forest: Forest, names: tuple[str, ...], features: FloatArray) -> dict[str, float]:
    """Mean absolute contribution over bars and classes, in log-odds."""
    spread = features[:: -(-len(features) // MOST_EXPLAINED)]
    shares = np.abs(forest.contributions(spread).astype(np.float64)).mean(axis=(0, 1))
    return dict(zip(names, shares[:-1].tolist(), strict=True))


def _bins(names: tuple[str, ...], features: FloatArray) -> dict[str, FeatureBins]:
    return {name: _deciles(column) for name, column in zip(names, features.T, strict=True)}


def _deciles(values: FloatArray) -> FeatureBins:
    """Edges that fall together are one."""
    edges = tuple(dict.fromkeys(np.quantile(values, DECILES).tolist()))
    return FeatureBins(edges=edges, shares=tuple(bin_shares(values, edges).tolist()))
