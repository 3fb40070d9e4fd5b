"""All there is to know of a model beside its trees: kept as JSON next to them and in the table."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from ml_service.learning.evaluation import Evaluation
from trading_core.timeframe import Timeframe

FORMAT: Final = 1
"""Of the files; a reader refuses any other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Bars that open in [from_ms, until_ms), of which so many were labelled and used."""

    from_ms: int
    until_ms: int
    bars: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillGate:
    passed: bool
    lower_bound: float
    """One-sided 99 % bound of the skill over the prior on the untouched stretch."""
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeatureBins:
    """A feature in training: inner edges of its ten bins, and the share of bars in each."""

    edges: tuple[float, ...]
    shares: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UsualDrift:
    """What windows of consecutive bars inside the fit stretch had against all of it."""

    bars: int
    """Length of a window."""
    psi: Mapping[str, float]
    """By feature, the 99 % quantile: beyond it a window would have been unusual in training."""
    weighted_psi: float
    """The same of the features' mean, weighted by importance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalibratorRecord:
    kind: str
    """`temperature` or `isotonic`."""
    temperature: float | None
    """What margins are divided by."""
    curves: tuple[tuple[tuple[float, float], ...], ...] | None
    """Isotonic: for each class the points (raw, calibrated) that are joined by straight lines."""
    offsets: tuple[float, float, float] = (0.0, 0.0, 0.0)
    """Temperature: added after the division, so that a model without skill says the prior."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelCard:
    format: int
    model_id: str
    symbol: str
    """In the compact spelling."""
    timeframe: Timeframe
    feature_set: str
    feature_version: int
    feature_hash: str
    feature_names: tuple[str, ...]
    look_ahead_bars: int
    threshold: float
    trained_at_ms: int
    """Event time; not part of the id."""
    seed: int
    candles_hash: str
    """SHA-256 of the candles that it was made from."""
    dropped: Mapping[str, int]
    """Bars that were left out, by why: `not_warm`, `window_spans_outage`, `label_spans_outage` …"""
    fit: Stretch
    early_stopping: Stretch
    calibration: Stretch
    untouched: Stretch
    parameters: Mapping[str, float]
    rounds: int
    class_weights: tuple[float, float, float] | None
    calibrator: CalibratorRecord
    prior: tuple[float, float, float]
    """Class shares of all labelled bars before the untouched stretch: what abstaining answers."""
    evaluation: Evaluation
    importance: Mapping[str, float]
    """Mean absolute contribution on the untouched stretch, in log-odds."""
    bins: Mapping[str, FeatureBins]
    """Of the fit stretch: what drift is measured against."""
    usual_drift: UsualDrift | None = None
    """None where the fit stretch was too short to know."""
    gate: SkillGate
    packages: Mapping[str, str]
    trees_sha256: str
    lookback_rows: int | None = None
    """How many of the newest labelled bars were asked for; None is all there are."""
