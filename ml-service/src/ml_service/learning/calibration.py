"""Find the calibrator: temperature against isotonic, by what they are worth on unseen rows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sklearn.isotonic import IsotonicRegression

from ml_service.learning.anchor import Anchor
from ml_service.learning.calibrator import Triple, calibrated
from ml_service.learning.figures import log_losses
from ml_service.learning.forest import CLASSES
from ml_service.registry.model_card import CalibratorRecord
from trading_core.indicators.values import FloatArray

HIGHEST_SHARPNESS: Final = 20.0
LOWEST_SHARPNESS: Final = 0.001
"""Of 1 / temperature. A model without skill is flattened, not turned round."""
HALVINGS: Final = 60
LEAST_OF_CLASS: Final = 30
"""Rows of calibration that isotonic curves are drawn by."""

Fit = Callable[[FloatArray, NDArray[np.int64], Anchor], CalibratorRecord]


@dataclass(frozen=True, slots=True)
class Calibration:
    record: CalibratorRecord
    log_losses: Mapping[str, float]
    """Cross-fitted, of each kind."""


def fit_calibration(
    margins32: NDArray[np.float32], classes: NDArray[np.int64], anchor: Anchor, gap: int
) -> Calibration:
    """The kind whose cross-fitted log-loss is lower, fitted on all rows.

    Where a class hardly came, isotonic curves would call it impossible: only the temperature is
    left then.
    """
    margins = margins32.astype(np.float64)
    scarce = np.bincount(classes, minlength=CLASSES).min() < LEAST_OF_CLASS
    losses = {
        kind: _cross_fitted(fit, margins, classes, anchor, gap)
        for kind, fit in KINDS.items()
        if not (scarce and kind == "isotonic")
    }
    best = min(losses, key=lambda kind: losses[kind])
    return Calibration(KINDS[best](margins, classes, anchor), losses)


def probabilities(
    record: CalibratorRecord, margins: FloatArray | NDArray[np.float32]
) -> list[Triple]:
    return [calibrated(record, row) for row in margins.tolist()]


def fit_temperature(
    margins: FloatArray, classes: NDArray[np.int64], anchor: Anchor
) -> CalibratorRecord:
    """softmax(true + (margins − weighted) / temperature), of the least log-loss.

    The loss is convex in 1 / temperature, so its derivative is halved upon.
    """
    moves = margins - np.array(anchor.weighted)
    of_class = moves[np.arange(len(moves)), classes]
    low, high = LOWEST_SHARPNESS, HIGHEST_SHARPNESS
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        shares = _softmax(moves * middle + np.array(anchor.true))
        if np.mean(np.sum(shares * moves, axis=1) - of_class) < 0:
            low = middle
        else:
            high = middle
    temperature = 2 / (low + high)
    down, neutral, up = (
        true - weighted / temperature
        for true, weighted in zip(anchor.true, anchor.weighted, strict=True)
    )
    return CalibratorRecord(
        kind="temperature", temperature=temperature, curves=None, offsets=(down, neutral, up)
    )


def fit_isotonic(
    margins: FloatArray, classes: NDArray[np.int64], anchor: Anchor
) -> CalibratorRecord:
    """A rising curve for each class against the others; it finds the shares by itself."""
    del anchor
    raw = _softmax(margins)
    down, neutral, up = (_curve(raw[:, k], classes == k) for k in range(CLASSES))
    return CalibratorRecord(kind="isotonic", temperature=None, curves=(down, neutral, up))


KINDS: Final[Mapping[str, Fit]] = {"temperature": fit_temperature, "isotonic": fit_isotonic}


def _cross_fitted(
    fit: Fit, margins: FloatArray, classes: NDArray[np.int64], anchor: Anchor, gap: int
) -> float:
    """Each half's mean log-loss by what the other half gives; a gap lies between."""
    middle = len(classes) // 2
    before, after = slice(0, middle - gap // 2), slice(middle + gap - gap // 2, len(classes))
    losses = [
        _losses(fit(margins[one], classes[one], anchor), margins[other], classes[other])
        for one, other in ((before, after), (after, before))
    ]
    return float(np.mean(np.concatenate(losses)))


def _losses(
    record: CalibratorRecord, margins: FloatArray, classes: NDArray[np.int64]
) -> FloatArray:
    return log_losses(np.array(probabilities(record, margins)), classes)


def _curve(raw: FloatArray, came: NDArray[np.bool_]) -> tuple[tuple[float, float], ...]:
    regression = IsotonicRegression(y_min=0.0, y_max=1.0, out_of_bounds="clip")
    regression.fit(raw, came.astype(np.float64))
    xs, ys = regression.X_thresholds_.tolist(), regression.y_thresholds_.tolist()
    return tuple(zip(xs, ys, strict=True))


def _softmax(margins: FloatArray) -> FloatArray:
    weights = np.exp(margins - margins.max(axis=1, keepdims=True))
    shares: FloatArray = weights / weights.sum(axis=1, keepdims=True)
    return shares
