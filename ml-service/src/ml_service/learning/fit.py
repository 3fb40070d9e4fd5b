"""Gradient-boosted trees by XGBoost: the same rows, parameters and seed give the same bytes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import xgboost
from numpy.typing import NDArray

from ml_service.learning.anchor import Anchor, ClassWeights, anchor
from ml_service.learning.dataset import Dataset
from ml_service.learning.forest import CLASSES, Forest
from ml_service.learning.stretches import Parts

TRAINING_THREADS: Final = 1
"""Sums of gradients depend on how many share them, and predictions need the other cores."""
MOST_BINS: Final = 64
"""Of a feature: coarse enough that a single price level can hardly be learned by heart."""
MOST_ROUNDS: Final = 1_200
PATIENCE_ROUNDS: Final = 40


@dataclass(frozen=True, slots=True, eq=False)
class Fitted:
    forest: Forest
    rounds: int


@dataclass(frozen=True, slots=True)
class FitMatrices:
    """The quantised rows of a fit, which every set of parameters can share."""

    fit: Any  # Any: a QuantileDMatrix
    early_stopping: Any  # Any: the same
    anchor: Anchor


def balanced_weights(classes: NDArray[np.int64]) -> ClassWeights:
    """Each class as heavy as the others together; an average row weighs 1."""
    counts = np.maximum(np.bincount(classes, minlength=CLASSES), 1)
    down, neutral, up = (len(classes) / (CLASSES * counts)).tolist()
    return down, neutral, up


def fit_matrices(rows: Dataset, parts: Parts, weights: ClassWeights | None) -> FitMatrices:
    """Only the rows that are fitted on are weighted: stopping looks at the loss that counts."""
    fit, early = rows[parts.fit], rows[parts.early_stopping]
    per_row = None if weights is None else np.array(weights)[fit.classes]
    matrix = xgboost.QuantileDMatrix(
        fit.features, fit.classes, weight=per_row, max_bin=MOST_BINS, nthread=TRAINING_THREADS
    )
    later = xgboost.QuantileDMatrix(
        early.features, early.classes, ref=matrix, max_bin=MOST_BINS, nthread=TRAINING_THREADS
    )
    return FitMatrices(matrix, later, anchor(fit.classes, weights))


def fit_trees(matrices: FitMatrices, parameters: Mapping[str, float], seed: int) -> Fitted:
    """Add trees until the later stretch's log-loss has not fallen for `PATIENCE_ROUNDS`."""
    booster = xgboost.train(
        _with_constants(parameters, seed),
        matrices.fit,
        num_boost_round=MOST_ROUNDS,
        evals=[(matrices.early_stopping, "early_stopping")],
        early_stopping_rounds=PATIENCE_ROUNDS,
        verbose_eval=False,
    )
    rounds = booster.best_iteration + 1
    return Fitted(Forest(booster[:rounds]), rounds)


def _with_constants(parameters: Mapping[str, float], seed: int) -> dict[str, object]:
    return {
        "objective": "multi:softprob",
        "num_class": CLASSES,
        "eval_metric": "mlogloss",
        "tree_method": "hist",
        "max_bin": MOST_BINS,
        "nthread": TRAINING_THREADS,
        "seed": seed,
        **parameters,
    }
