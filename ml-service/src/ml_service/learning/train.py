"""From candles to models with all that may be claimed of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ml_service.learning.choose import (
    Course,
    Effort,
    Parameters,
    Tried,
    best,
    effort,
    try_all,
    try_weighted,
)
from ml_service.learning.dataset import Dataset, TrainingData, build_dataset, share_times
from ml_service.learning.errors import UnknownFeatureSetError
from ml_service.learning.make_model import Lesson, TrainedModel, make_model
from ml_service.learning.stretches import (
    LEAST_ROWS,
    first_untouched,
    gap_rows,
    parts,
    refuse_missing_classes,
)
from ml_service.learning.training_plan import Progress, Tell, TrainingPlan
from ml_service.learning.walk_forward import folds
from trading_core.features.catalogue import FEATURE_SETS
from trading_core.features.feature_set import FeatureSet

SPECIFIED: Final = "spec16"
"""Its model answers requests that bring their own indicators, so there is always one."""


@dataclass(frozen=True, slots=True)
class Trained:
    models: tuple[TrainedModel, ...]
    """The best by walk-forward first; that of the specification's features is among them."""


def train(
    data: TrainingData,
    plan: TrainingPlan,
    trained_at_ms: int,
    tell: Tell,
    known: Mapping[str, FeatureSet] = FEATURE_SETS,
) -> Trained:
    """The same data, plan and code give the same models, byte for byte.

    Raises:
        TrainingRefusedError: too little data, a class missing, or holes in the candles.
        TrainingCancelledError: whatever is told of the steps raised it.
        UnknownFeatureSetError: the plan names a feature set that does not exist.

    """
    rows = _rows(data, _feature_sets(plan, known), plan)
    gap = gap_rows(plan.label_rule.look_ahead_bars)
    times = rows[SPECIFIED].open_time_ms
    untouched = first_untouched(times, gap, plan.untouched_from_ms)
    refuse_missing_classes(rows[SPECIFIED].classes, parts(untouched, gap))
    tries = effort(len(times))
    past = tuple(folds(untouched - gap, gap, tries.folds, tries.first_share))
    progress = Progress(tell, _fits(tries, len(rows)))
    course = Course(past, gap, plan.seed, progress.advance)
    tried = _try(course, rows, tries.parameter_sets, progress)
    lesson = Lesson(
        data=data,
        plan=plan,
        trained_at_ms=trained_at_ms,
        gap=gap,
        untouched=untouched,
        tried=tried,
    )
    models = []
    for chosen in _chosen(tried):
        progress.begin(f"fitting the {chosen.candidate.feature_set} model")
        name = chosen.candidate.feature_set
        models.append(make_model(lesson, known[name], rows[name], chosen))
        progress.advance()
    return Trained(tuple(models))


def _feature_sets(plan: TrainingPlan, known: Mapping[str, FeatureSet]) -> tuple[FeatureSet, ...]:
    names = dict.fromkeys((SPECIFIED, *plan.feature_sets))
    unknown = next((name for name in names if name not in known), None)
    if unknown is not None:
        raise UnknownFeatureSetError(f"there is no feature set {unknown!r}")
    return tuple(known[name] for name in names)


def _rows(
    data: TrainingData, feature_sets: Sequence[FeatureSet], plan: TrainingPlan
) -> Mapping[str, Dataset]:
    """Of the same bars in each; a set that is not warm on enough of them does not take part."""
    built = {one.name: build_dataset(data, one, plan.label_rule) for one in feature_sets}
    able = {
        name: rows for name, rows in built.items() if name == SPECIFIED or len(rows) >= LEAST_ROWS
    }
    shared = share_times(tuple(able.values()), "not_in_every_feature_set")
    return {name: rows.newest(plan.lookback_rows) for name, rows in zip(able, shared, strict=True)}


def _fits(tries: Effort, feature_sets: int) -> int:
    weighted, models = 1, min(2, feature_sets)
    return tries.folds * (len(tries.parameter_sets) * feature_sets + weighted) + models


def _try(
    course: Course,
    rows: Mapping[str, Dataset],
    parameter_sets: Sequence[Parameters],
    progress: Progress,
) -> tuple[Tried, ...]:
    """The class weights only of what is best without them."""
    tried: list[Tried] = []
    for name, own in rows.items():
        progress.begin(f"walking forward with {name}")
        tried += try_all(course, name, parameter_sets, own)
    first = best(tried).candidate
    progress.begin(f"weighing the classes of {first.feature_set}")
    return (*tried, try_weighted(course, first, rows[first.feature_set]))


def _chosen(tried: Sequence[Tried]) -> tuple[Tried, ...]:
    first = best(tried)
    if first.candidate.feature_set == SPECIFIED:
        return (first,)
    return first, best([one for one in tried if one.candidate.feature_set == SPECIFIED])
