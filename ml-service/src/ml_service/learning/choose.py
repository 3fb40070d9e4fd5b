"""The configurations that are tried, each by the same purged walk-forward; all are counted."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ml_service.learning.calibration import fit_calibration, probabilities
from ml_service.learning.dataset import Dataset
from ml_service.learning.figures import Answers, answers, class_shares, joined, log_losses
from ml_service.learning.fit import FitMatrices, balanced_weights, fit_matrices, fit_trees
from ml_service.learning.walk_forward import Fold

Parameters = Mapping[str, float]

_SHARED: Final[Parameters] = {
    "subsample": 0.6,
    "colsample_bytree": 0.6,
    "reg_lambda": 5.0,
}
PARAMETER_SETS: Final[tuple[Parameters, ...]] = (
    {**_SHARED, "max_depth": 3, "eta": 0.05, "min_child_weight": 30},
    {**_SHARED, "max_depth": 5, "eta": 0.05, "min_child_weight": 60},
    {**_SHARED, "max_depth": 4, "eta": 0.03, "min_child_weight": 200, "subsample": 0.4},
)
SMALL_PARAMETER_SETS: Final[tuple[Parameters, ...]] = (
    {**_SHARED, "max_depth": 2, "eta": 0.1, "min_child_weight": 5},
    {**_SHARED, "max_depth": 4, "eta": 0.1, "min_child_weight": 15},
)


@dataclass(frozen=True, slots=True)
class Effort:
    """How much is tried, a function of the rows alone."""

    folds: int
    first_share: float
    """Of the rows: the past of the first fold."""
    parameter_sets: tuple[Parameters, ...]


EFFORTS: Final[Mapping[int, Effort]] = {
    5_000: Effort(5, 0.375, PARAMETER_SETS),
    1_000: Effort(3, 0.5, SMALL_PARAMETER_SETS),
    0: Effort(2, 0.625, SMALL_PARAMETER_SETS),
}
"""By the least rows, most first: few tell few configurations apart, and somebody may wait."""


def effort(rows: int) -> Effort:
    return next(one for least, one in EFFORTS.items() if rows >= least)


@dataclass(frozen=True, slots=True)
class Candidate:
    feature_set: str
    parameters: Parameters
    class_weights: bool


@dataclass(frozen=True, slots=True, eq=False)
class Tried:
    candidate: Candidate
    folds: tuple[Answers, ...]

    @property
    def log_loss(self) -> float:
        """Mean over the bars of all folds."""
        every = joined(self.folds)
        return float(log_losses(every.probabilities, every.classes).mean())

    @property
    def skill(self) -> float:
        every = joined(self.folds)
        return 1 - self.log_loss / float(log_losses(every.priors, every.classes).mean())


def best(tried: Sequence[Tried]) -> Tried:
    """Of the lowest log-loss; the earlier of equals."""
    return min(tried, key=lambda one: one.log_loss)


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """The walk that every configuration takes."""

    folds: tuple[Fold, ...]
    gap: int
    seed: int
    fitted: Callable[[], None]
    """Called after each fit."""


def try_all(
    course: Course, feature_set: str, parameter_sets: Sequence[Parameters], rows: Dataset
) -> tuple[Tried, ...]:
    """Every set of parameters, unweighted."""
    every: list[list[Answers]] = [[] for _ in parameter_sets]
    for fold in course.folds:
        matrices = fit_matrices(rows, fold.parts, None)
        for told, parameters in zip(every, parameter_sets, strict=True):
            told.append(_answer(course, rows, fold, matrices, parameters))
    return tuple(
        Tried(Candidate(feature_set, parameters, class_weights=False), tuple(told))
        for told, parameters in zip(every, parameter_sets, strict=True)
    )


def try_weighted(course: Course, unweighted: Candidate, rows: Dataset) -> Tried:
    """The same with balanced classes."""
    told = []
    for fold in course.folds:
        weights = balanced_weights(rows[fold.parts.fit].classes)
        matrices = fit_matrices(rows, fold.parts, weights)
        told.append(_answer(course, rows, fold, matrices, unweighted.parameters))
    candidate = Candidate(unweighted.feature_set, unweighted.parameters, class_weights=True)
    return Tried(candidate, tuple(told))


def _answer(
    course: Course, rows: Dataset, fold: Fold, matrices: FitMatrices, parameters: Parameters
) -> Answers:
    forest = fit_trees(matrices, parameters, course.seed).forest
    seen, test = rows[fold.parts.calibration], rows[fold.test]
    margins = forest.margins(seen.features)
    record = fit_calibration(margins, seen.classes, matrices.anchor, course.gap).record
    said = probabilities(record, forest.margins(test.features))
    course.fitted()
    return answers(test.open_time_ms, said, class_shares(rows[fold.past].classes), test.classes)
