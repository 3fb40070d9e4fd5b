"""What was measured of a model on bars that it had not seen; nothing here is in-sample.

Classes stand in the order down, neutral, up. Losses are natural-log losses, a bar.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ReliabilityBin:
    """Bars whose highest probability fell into [low, high), and how often it came true."""

    low: float
    high: float
    count: int
    mean_probability: float
    hit_rate: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Of one unseen stretch; shares are of 1."""

    from_ms: int
    until_ms: int
    bars: int
    log_loss: float
    prior_log_loss: float
    """Of the class shares of the bars before the stretch, which is what skill is measured by."""
    own_prior_log_loss: float
    """Of the stretch's own class shares, which nobody knew beforehand: a harder peer."""
    skill: float
    """1 − log_loss / prior_log_loss."""
    skill_low: float
    skill_high: float
    """95 % block bootstrap interval of the skill."""
    skill_lower_bound: float
    """One-sided 99 % bound, which the skill gate looks at."""
    brier: float
    prior_brier: float
    expected_calibration_error: float
    """Of the highest probability, over `reliability`."""
    class_calibration_error: tuple[float, float, float]
    """The same of each class's own probability."""
    accuracy: float
    majority_rate: float
    """Accuracy of always naming the stretch's commonest class: accuracy's baseline."""
    balanced_accuracy: float
    """Mean recall of the classes; a third is chance."""
    class_shares: tuple[float, float, float]
    reliability: tuple[ReliabilityBin, ...]
    confusion: tuple[tuple[int, int, int], ...]
    """[came][named], in bars."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuration:
    """One way to fit that was tried, and its mean calibrated walk-forward log-loss."""

    feature_set: str
    parameters: Mapping[str, float]
    class_weights: bool
    log_loss: float
    skill: float
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    configurations: tuple[Configuration, ...]
    """Every one that was tried, so that their number is known."""
    folds: tuple[Figures, ...]
    """Of the chosen configuration, walk-forward, each fold calibrated on its own past."""
    walk_forward: Figures
    """All folds together."""
    untouched: Figures
    """The last stretch, which nothing was fitted or chosen on, of the very model that is stored."""
    calibrators: Mapping[str, float]
    """Log-loss, on the calibration stretch by cross-fitting, of each that was compared."""
