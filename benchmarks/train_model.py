"""Making one model of many rows, beside bare XGBoost on the same matrix with the same parameters.

Bare XGBoost fits until the later stretch stops it, and nothing more. Ours also calibrates, tests
on the untouched stretch with a bootstrap, explains and describes. `--whole` adds a whole training:
every configuration, walk-forward, for both feature sets.
`.venv/bin/python benchmarks/train_model.py` needs no data.
"""

import argparse
import time
from collections.abc import Callable

import xgboost

from ml_service.learning.choose import PARAMETER_SETS, Candidate, Tried
from ml_service.learning.dataset import Dataset, LabelRule, TrainingData, build_dataset
from ml_service.learning.figures import answers, class_shares
from ml_service.learning.fit import MOST_BINS, MOST_ROUNDS, PATIENCE_ROUNDS, TRAINING_THREADS
from ml_service.learning.make_model import Lesson, make_model
from ml_service.learning.stretches import first_untouched, gap_rows
from ml_service.learning.train import train
from ml_service.learning.training_plan import SEED, TrainingPlan
from trading_core.features.catalogue import FEATURE_SETS
from trading_core.labels import LOOK_AHEAD_BARS
from training_markets import random_market

FEATURES = FEATURE_SETS["scale_free"]
PARAMETERS = PARAMETER_SETS[0]
GAP = gap_rows(LOOK_AHEAD_BARS)
UNREST = 0.6
"""As in the recorded hours, so that there is something to learn and trees are grown."""


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--whole", action="store_true")
    options = parser.parse_args()
    data = random_market(options.rows + 2_000, seed=1, unrest=UNREST)
    rows = build_dataset(data, FEATURES, LabelRule(), options.rows)
    lesson, tried = _lesson(data, rows)
    print(f"{len(rows)} rows of {len(FEATURES.names)} features")
    bare = _seconds("bare XGBoost", lambda: _bare(rows, lesson))
    ours = _seconds("one model of ours", lambda: make_model(lesson, FEATURES, rows, tried))
    print(f"of bare XGBoost: {ours / bare:.2f}")
    if options.whole:
        whole = _seconds("whole training", lambda: train(data, TrainingPlan(), 0, lambda _: None))
        print(f"of bare XGBoost: {whole / bare:.1f}")


def _lesson(data: TrainingData, rows: Dataset) -> tuple[Lesson, Tried]:
    """As if the configuration had been chosen already, by one fold that says the prior."""
    untouched = first_untouched(rows.open_time_ms, GAP, None)
    past = rows[: untouched - GAP]
    prior = class_shares(past.classes)
    fold = answers(past.open_time_ms, [prior] * len(past), prior, past.classes)
    tried = Tried(Candidate(FEATURES.name, PARAMETERS, class_weights=False), (fold,))
    lesson = Lesson(
        data=data,
        plan=TrainingPlan(),
        trained_at_ms=0,
        gap=GAP,
        untouched=untouched,
        tried=(tried,),
    )
    return lesson, tried


def _bare(rows: Dataset, lesson: Lesson) -> None:
    fit, early = rows[lesson.parts.fit], rows[lesson.parts.early_stopping]
    matrix = xgboost.QuantileDMatrix(fit.features, fit.classes, max_bin=MOST_BINS)
    later = xgboost.QuantileDMatrix(early.features, early.classes, ref=matrix, max_bin=MOST_BINS)
    xgboost.train(
        {
            "objective": "multi:softprob",
            "num_class": 3,
            "tree_method": "hist",
            "max_bin": MOST_BINS,
            "nthread": TRAINING_THREADS,
            "seed": SEED,
            **PARAMETERS,
        },
        matrix,
        num_boost_round=MOST_ROUNDS,
        evals=[(later, "later")],
        early_stopping_rounds=PATIENCE_ROUNDS,
        verbose_eval=False,
    )


def _seconds(name: str, work: Callable[[], object]) -> float:
    """CPU time, which others on the machine disturb least."""
    started, spent = time.perf_counter(), time.process_time()
    work()
    cpu = time.process_time() - spent
    print(f"{name:20}{cpu:8.1f} s of CPU time, {time.perf_counter() - started:.1f} s in all")
    return cpu


if __name__ == "__main__":
    main()
