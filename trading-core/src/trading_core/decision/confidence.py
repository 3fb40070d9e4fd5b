"""Confidence: the chance that take-profit 1 is reached before the stop, learned from outcomes.

A map is fitted for one side, timeframe and engine version, from outcomes closed before a time:

1. outcomes in the order of |score|, in bins of at least `outcomes_per_bin`, equal scores together;
2. each bin's chance is mixed with the overall one, weighing `prior_outcomes` imagined outcomes, and
   with one success and one failure more, so that 0 % and 100 % never appear;
3. neighbours that fall are pooled (pool-adjacent-violators): a higher score never means less;
4. between the bins' middle scores the chance runs straight, outside them it stays level.

Without a map, confidence is 100·|score| and says that it is not calibrated.
"""

import json
import uuid
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from trading_core.decision.engine import CalibrationRules, Engine
from trading_core.decision.sides import Side
from trading_core.errors import InvalidDecisionError
from trading_core.frozen_json import JsonObject, from_json, to_json
from trading_core.timeframe import Timeframe

CONFIDENCE_MAP_NAMESPACE: Final = uuid.uuid5(
    uuid.NAMESPACE_URL, "urn:eth-trading-platform:confidence-map"
)


@dataclass(frozen=True, slots=True)
class ScoredOutcome:
    """What became of one signal of the map's side, timeframe and engine version."""

    score: float
    closed_at_ms: int
    target_reached: bool
    """Take-profit 1 before the stop; false at the stop and at the horizon."""
    historical: bool


@dataclass(frozen=True, slots=True)
class ChancePoint:
    score: float
    """The middle |score| of a bin."""
    chance: float
    """Above 0, below 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfidenceMap:
    """Raises InvalidDecisionError where the points do not rise, or a chance is no chance."""

    side: Side
    timeframe: Timeframe
    engine_version: str
    fitted_until_ms: int
    """Every outcome in it closed before this time."""
    outcomes: int
    historical_outcomes: int
    """How many of them belong to rebuilt signals."""
    points: tuple[ChancePoint, ...]

    def __post_init__(self) -> None:
        scores = [point.score for point in self.points]
        chances = [point.chance for point in self.points]
        rising = scores == sorted(set(scores)) and chances == sorted(chances)
        if not (self.points and rising and chances[0] > 0 and chances[-1] < 1):
            raise InvalidDecisionError("a confidence map's points rise, between 0 and 1")

    @property
    def id(self) -> uuid.UUID:
        """Of the content: equal maps have equal ids."""
        canonical = json.dumps(self.to_json(), sort_keys=True, separators=(",", ":"))
        return uuid.uuid5(CONFIDENCE_MAP_NAMESPACE, canonical)

    def chance(self, score: float) -> float:
        """At |score|."""
        points, strength = self.points, abs(score)
        right = bisect_right(points, strength, key=lambda point: point.score)
        if right in {0, len(points)}:
            return points[max(0, right - 1)].chance
        low, high = points[right - 1], points[right]
        part = (strength - low.score) / (high.score - low.score)
        return low.chance + part * (high.chance - low.chance)

    def to_json(self) -> JsonObject:
        return to_json(self)

    @classmethod
    def from_json(cls, json: object) -> "ConfidenceMap":
        """Raises InvalidJsonError or InvalidDecisionError."""
        return from_json(cls, json)


@dataclass(frozen=True, slots=True)
class Confidence:
    percent: float
    """0…100."""
    calibrated: bool


def confidence(score: float, side: Side | None, chances: ConfidenceMap | None) -> Confidence:
    """Of a BUY or SELL with the map of its side; of a HOLD (None), and without one, the score's.

    Raises InvalidDecisionError where the map is the other side's.
    """
    if side is None or chances is None:
        return Confidence(min(100.0, 100.0 * abs(score)), calibrated=False)
    if chances.side is not side:
        raise InvalidDecisionError(f"the confidence map is of {chances.side}, the signal {side}")
    return Confidence(100.0 * chances.chance(score), calibrated=True)


def fit_confidence_map(
    engine: Engine,
    side: Side,
    timeframe: Timeframe,
    outcomes: Sequence[ScoredOutcome],
    fitted_until_ms: int,
) -> ConfidenceMap | None:
    """From those closed before `fitted_until_ms`, in any order; None where they are too few."""
    known = sorted(
        (one for one in outcomes if one.closed_at_ms < fitted_until_ms),
        key=lambda one: abs(one.score),
    )
    if len(known) < engine.calibration.minimum_outcomes:
        return None
    return ConfidenceMap(
        side=side,
        timeframe=timeframe,
        engine_version=engine.version,
        fitted_until_ms=fitted_until_ms,
        outcomes=len(known),
        historical_outcomes=sum(one.historical for one in known),
        points=_points(engine.calibration, known),
    )


def _points(rules: CalibrationRules, known: Sequence[ScoredOutcome]) -> tuple[ChancePoint, ...]:
    bins = _bins(known, rules.outcomes_per_bin)
    overall = sum(one.target_reached for one in known) / len(known)
    weights = np.array([len(group) + rules.prior_outcomes + 2 for group in bins])
    reached = np.array([sum(one.target_reached for one in group) for group in bins])
    chances = _pooled((reached + rules.prior_outcomes * overall + 1) / weights, weights)
    scores = [abs(group[len(group) // 2].score) for group in bins]
    return tuple(map(ChancePoint, scores, chances.tolist()))


def _bins(known: Sequence[ScoredOutcome], size: int) -> list[Sequence[ScoredOutcome]]:
    """Ascending runs of at least `size`; what is left over at the end joins the last."""
    starts = [0]
    for row in range(1, len(known)):
        new_score = abs(known[row].score) > abs(known[row - 1].score)
        if new_score and row - starts[-1] >= size and len(known) - row >= size:
            starts.append(row)
    return [known[start:end] for start, end in zip(starts, [*starts[1:], len(known)], strict=True)]


def _pooled(chances: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Pool-adjacent-violators: the closest rising sequence by weighted squares."""
    pools: list[tuple[float, float, int]] = []
    for chance, weight in zip(chances.tolist(), weights.tolist(), strict=True):
        pool = (chance, weight, 1)
        while pools and pools[-1][0] >= pool[0]:
            pool = _merged(pools.pop(), pool)
        pools.append(pool)
    means, _, sizes = zip(*pools, strict=True)
    return np.repeat(np.array(means, dtype=np.float64), sizes)


def _merged(
    left: tuple[float, float, int], right: tuple[float, float, int]
) -> tuple[float, float, int]:
    weight = left[1] + right[1]
    return ((left[0] * left[1] + right[0] * right[1]) / weight, weight, left[2] + right[2])
