"""What is measured of probabilities once it is known what came: each with its baseline."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ml_service.learning.block_bootstrap import block_bars, resampled_ratios
from ml_service.learning.calibrator import Triple
from ml_service.learning.evaluation import Figures, ReliabilityBin
from ml_service.learning.forest import CLASSES
from trading_core.indicators.values import FloatArray

BINS: Final = 10


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """What was said of consecutive labelled bars, and what came."""

    open_time_ms: NDArray[np.int64]
    probabilities: FloatArray
    """(bars, classes)"""
    priors: FloatArray
    """The same of somebody who knows only the shares of the classes before."""
    classes: NDArray[np.int64]


def class_shares(classes: NDArray[np.int64]) -> Triple:
    """One of each is added (Laplace's rule), so that nothing is impossible."""
    counts = np.bincount(classes, minlength=CLASSES) + 1
    down, neutral, up = (counts / (len(classes) + CLASSES)).tolist()
    return down, neutral, up


def answers(
    open_time_ms: NDArray[np.int64],
    probabilities: Sequence[Triple],
    prior: Triple,
    classes: NDArray[np.int64],
) -> Answers:
    """By one model, whose prior is the same for all bars."""
    priors = np.tile(np.array(prior), (len(classes), 1))
    return Answers(open_time_ms, np.array(probabilities), priors, classes)


def joined(parts: Sequence[Answers]) -> Answers:
    """One after the other."""
    return Answers(
        np.concatenate([one.open_time_ms for one in parts]),
        np.concatenate([one.probabilities for one in parts]),
        np.concatenate([one.priors for one in parts]),
        np.concatenate([one.classes for one in parts]),
    )


def log_losses(probabilities: FloatArray, classes: NDArray[np.int64]) -> FloatArray:
    """−ln of what the class that came was given, a bar."""
    losses: FloatArray = -np.log(probabilities[np.arange(len(classes)), classes])
    return losses


def figures(of: Answers, bar_ms: int, look_ahead_bars: int) -> Figures:
    losses = log_losses(of.probabilities, of.classes)
    prior_losses = log_losses(of.priors, of.classes)
    block = block_bars(len(losses), look_ahead_bars)
    skills = resampled_ratios(prior_losses - losses, prior_losses, block)
    came = np.bincount(of.classes, minlength=CLASSES) / len(losses)
    confusion = _confusion(of.probabilities.argmax(axis=1), of.classes)
    top, hit = of.probabilities.max(axis=1), of.probabilities.argmax(axis=1) == of.classes
    reliability = reliability_bins(top, hit, lowest=1 / CLASSES)
    return Figures(
        from_ms=int(of.open_time_ms[0]),
        until_ms=int(of.open_time_ms[-1]) + bar_ms,
        bars=len(losses),
        log_loss=float(losses.mean()),
        prior_log_loss=float(prior_losses.mean()),
        own_prior_log_loss=float(-np.sum(came[came > 0] * np.log(came[came > 0]))),
        skill=float(1 - losses.mean() / prior_losses.mean()),
        skill_low=float(np.quantile(skills, 0.025)),
        skill_high=float(np.quantile(skills, 0.975)),
        skill_lower_bound=float(np.quantile(skills, 0.01)),
        brier=_brier(of.probabilities, of.classes),
        prior_brier=_brier(of.priors, of.classes),
        expected_calibration_error=calibration_error(reliability),
        class_calibration_error=_class_calibration_errors(of),
        accuracy=float(hit.mean()),
        majority_rate=float(came.max()),
        balanced_accuracy=_mean_recall(confusion),
        class_shares=_triple(came),
        reliability=reliability,
        confusion=tuple(_counts(row) for row in confusion),
    )


def reliability_bins(
    said: FloatArray, came_true: NDArray[np.bool_], lowest: float
) -> tuple[ReliabilityBin, ...]:
    """Ten bins of one width from `lowest` to 1; those without any bar are left out."""
    edges = np.linspace(lowest, 1, BINS + 1)
    places = np.clip(np.searchsorted(edges, said, side="right") - 1, 0, BINS - 1)
    return tuple(
        ReliabilityBin(
            low=float(edges[place]),
            high=float(edges[place + 1]),
            count=int(inside.sum()),
            mean_probability=float(said[inside].mean()),
            hit_rate=float(came_true[inside].mean()),
        )
        for place in range(BINS)
        if (inside := places == place).any()
    )


def calibration_error(bins: Sequence[ReliabilityBin]) -> float:
    """Mean distance, weighted by bars, between what was said and how often it came true."""
    distance = sum(one.count * abs(one.hit_rate - one.mean_probability) for one in bins)
    return distance / sum(one.count for one in bins)


def _class_calibration_errors(of: Answers) -> Triple:
    down, neutral, up = (
        calibration_error(reliability_bins(of.probabilities[:, k], of.classes == k, lowest=0))
        for k in range(CLASSES)
    )
    return down, neutral, up


def _brier(probabilities: FloatArray, classes: NDArray[np.int64]) -> float:
    """Squared distance from what came, over all classes: 0…2."""
    return float(np.mean(np.sum((probabilities - np.eye(CLASSES)[classes]) ** 2, axis=1)))


def _confusion(named: NDArray[np.int64], came: NDArray[np.int64]) -> NDArray[np.int64]:
    counts = np.bincount(came * CLASSES + named, minlength=CLASSES * CLASSES)
    return counts.reshape(CLASSES, CLASSES)


def _mean_recall(confusion: NDArray[np.int64]) -> float:
    """Of the classes that came at all."""
    came = confusion.sum(axis=1)
    return float(np.mean(confusion.diagonal()[came > 0] / came[came > 0]))


def _triple(of_classes: FloatArray) -> Triple:
    down, neutral, up = of_classes.tolist()
    return down, neutral, up


def _counts(row: NDArray[np.int64]) -> tuple[int, int, int]:
    down, neutral, up = row.tolist()
    return down, neutral, up
