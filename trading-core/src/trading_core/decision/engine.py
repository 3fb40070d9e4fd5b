"""Every number of a decision, in one table: `DEFAULT_ENGINE`, at the end of this file.

The weights say how much each family may contribute to the score, at most; θ (`threshold`) is what
a score must reach. They were set by reasoning and by how often a decision falls (a few percent of
the bars, see the tests), never by looking at whether decisions were right: whoever fits them to
outcomes has no outcomes left to judge them by.

Where is the stop-loss decided? `trading_core/risk_levels.py`, with the numbers of `risk` below.
"""

import hashlib
import json
import math
from dataclasses import astuple, dataclass
from functools import lru_cache
from typing import Final

from trading_core.errors import InvalidEngineError
from trading_core.frozen_json import JsonObject, from_json, to_json
from trading_core.risk_levels import RiskRules
from trading_core.timeframe import Timeframe


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Points of a family whose evidence is ±1; named as the members of `Family`."""

    trend: float
    momentum: float
    volatility: float
    patterns: float
    ml: float
    volume: float

    @property
    def in_order(self) -> tuple[float, ...]:
        """As the members of `Family` follow one another."""
        return (self.trend, self.momentum, self.volatility, self.patterns, self.ml, self.volume)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendRules:
    """Shares of the three parts, and the distance, in ATR, at which each part is ±1."""

    alignment_share: float
    alignment_full_atr: float
    """Between neighbours among EMA 9, 21 and 50."""
    ema_200_share: float
    ema_200_full_atr: float
    vwap_share: float
    vwap_full_atr: float


@dataclass(frozen=True, slots=True, kw_only=True)
class MomentumRules:
    """Shares of the two parts, and where each is ±1."""

    rsi_share: float
    rsi_full_distance: float
    """From 50, in RSI points."""
    macd_share: float
    macd_full_atr: float
    """MACD's distance from its signal line, in ATR."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VolatilityRules:
    """Places of the close between Bollinger's middle (0) and a band (1)."""

    stretch_from: float
    """Where a stretch begins to speak against going on."""
    stretch_full: float


@dataclass(frozen=True, slots=True, kw_only=True)
class VolumeRules:
    """Ratios to the average at which volume weakens and confirms fully."""

    weak_ratio: float
    strong_ratio: float
    full_sum: float
    """The others' sum from which on volume's full weight counts; below it, in proportion."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalibrationRules:
    """How outcomes become the chance that confidence shows: `decision/confidence.py`."""

    minimum_outcomes: int
    outcomes_per_bin: int
    prior_outcomes: float
    """Imagined outcomes at the overall rate that each bin is mixed with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """Raises InvalidEngineError for a table in which one family alone could decide."""

    threshold: float
    weights: Weights
    trend: TrendRules
    momentum: MomentumRules
    volatility: VolatilityRules
    pattern_memory_bars: int
    """A pattern's say falls evenly from full, at its own bar, to nothing after so many bars."""
    volume: VolumeRules
    risk: RiskRules
    horizon_bars: tuple[tuple[Timeframe, int], ...]
    """After how many bars a signal is left at the close."""
    calibration: CalibrationRules

    def __post_init__(self) -> None:
        for rule, holds in _rules(self).items():
            if not holds:
                raise InvalidEngineError(f"this must hold: {rule}")

    @property
    def version(self) -> str:
        """12 hexadecimal digits that change with any number of the table."""
        return _version(self)

    def horizon(self, timeframe: Timeframe) -> int:
        """In bars of the timeframe."""
        return dict(self.horizon_bars)[timeframe]

    def to_json(self) -> JsonObject:
        return to_json(self)

    @classmethod
    def from_json(cls, json: object) -> "Engine":
        """Raises InvalidJsonError or InvalidEngineError."""
        return from_json(cls, json)


def _rules(engine: Engine) -> dict[str, bool]:
    weights, trend, momentum = engine.weights, engine.trend, engine.momentum
    *voices, volume = weights.in_order
    trend_shares = (trend.alignment_share, trend.ema_200_share, trend.vwap_share)
    momentum_shares = (momentum.rsi_share, momentum.macd_share)
    numbers = (*weights.in_order, *astuple(trend), *astuple(momentum), engine.threshold)
    return {
        "weights, shares, full distances and θ are finite and above zero": all(
            math.isfinite(number) and number > 0 for number in numbers
        ),
        "one family, with all the help that volume can give, stays below θ": (
            max(voices) + volume < engine.threshold
        ),
        "the families together can reach θ": sum(voices) >= engine.threshold,
        "a family's shares add up to 1": all(
            math.isclose(math.fsum(shares), 1.0) for shares in (trend_shares, momentum_shares)
        ),
        "a stretch begins before it is full": (
            0 <= engine.volatility.stretch_from < engine.volatility.stretch_full < math.inf
        ),
        "volume is weak below its average and strong above it": (
            0 <= engine.volume.weak_ratio < 1 < engine.volume.strong_ratio < math.inf
        ),
        "volume never turns a side": volume <= engine.volume.full_sum < math.inf,
        "a pattern is remembered for at least its own bar": engine.pattern_memory_bars >= 1,
        "every timeframe has one horizon of at least a bar": (
            [timeframe for timeframe, _ in engine.horizon_bars] == list(Timeframe)
            and all(bars >= 1 for _, bars in engine.horizon_bars)
        ),
        "a calibration has outcomes for at least one bin, and a finite prior": (
            1 <= engine.calibration.outcomes_per_bin <= engine.calibration.minimum_outcomes
            and 0 <= engine.calibration.prior_outcomes < math.inf
        ),
    }


@lru_cache(maxsize=64)
def _version(engine: Engine) -> str:
    canonical = json.dumps(engine.to_json(), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:12]


DEFAULT_ENGINE: Final = Engine(
    threshold=0.40,
    weights=Weights(
        trend=0.25,
        momentum=0.25,
        volatility=0.10,
        patterns=0.15,
        ml=0.20,
        volume=0.05,
    ),
    trend=TrendRules(
        alignment_share=0.50,
        alignment_full_atr=1.0,
        ema_200_share=0.25,
        ema_200_full_atr=5.0,
        vwap_share=0.25,
        vwap_full_atr=2.0,
    ),
    momentum=MomentumRules(
        rsi_share=0.50,
        rsi_full_distance=20.0,
        macd_share=0.50,
        macd_full_atr=0.25,
    ),
    volatility=VolatilityRules(stretch_from=0.5, stretch_full=1.5),
    pattern_memory_bars=5,
    volume=VolumeRules(weak_ratio=0.5, strong_ratio=2.0, full_sum=0.25),
    risk=RiskRules(
        zone_fraction=0.005,
        narrow_zone_atr=0.25,
        stop_atr=1.5,
        take_profits_atr=(2.0, 3.0, 4.0),
        fee_per_side=0.001,
        target_must_cover_fees=True,
    ),
    horizon_bars=tuple((timeframe, 24) for timeframe in Timeframe),
    calibration=CalibrationRules(minimum_outcomes=30, outcomes_per_bin=15, prior_outcomes=10.0),
)
