"""The score of each part of a group: by month, by side, by the confidence that was claimed."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from math import fsum
from typing import Final, TypeVar

from trading_core.decision.confidence import Confidence
from trading_core.decision.sides import Side
from trading_core.scorecard.score import Score, ScoredSignal, score

CONFIDENCE_BIN_PERCENT: Final = 10

Item = TypeVar("Item")
Key = TypeVar("Key")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part(Score):
    total_net_r: float
    """A sum of what happened, whatever their number: no estimate of anything."""


@dataclass(frozen=True, slots=True)
class ClaimedSignal:
    """A signal that was left, and how sure it had been."""

    scored: ScoredSignal
    confidence: Confidence


@dataclass(frozen=True, slots=True, order=True)
class ConfidenceBin:
    """Calibrated and uncalibrated confidence never share one: only the former is a chance."""

    calibrated: bool
    from_percent: int

    @property
    def until_percent(self) -> int:
        """Not within, but for 100, which lies in the last bin."""
        return self.from_percent + CONFIDENCE_BIN_PERCENT


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfidencePart(Part):
    mean_confidence: float
    """In percent, to be held against the hit rate."""


def grouped(items: Iterable[Item], key: Callable[[Item], Key]) -> dict[Key, list[Item]]:
    """Keys in the order in which they first come."""
    groups: dict[Key, list[Item]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return groups


def part(signals: Sequence[ScoredSignal]) -> Part:
    total = fsum(signal.outcome.net_r for signal in signals)
    return Part(**asdict(score(signals)), total_net_r=total)


def by_month(signals: Sequence[ScoredSignal]) -> dict[str, Part]:
    """By the UTC month in which they were left, as `2024-07`, ascending."""
    months = grouped(signals, _month)
    return {month: part(months[month]) for month in sorted(months)}


def by_side(signals: Sequence[ScoredSignal]) -> dict[Side, Part]:
    """Both sides, also one without a signal."""
    sides = grouped(signals, lambda signal: signal.side)
    return {side: part(sides.get(side, [])) for side in Side}


def by_confidence(claims: Sequence[ClaimedSignal]) -> dict[ConfidenceBin, ConfidencePart]:
    """Ten percent wide, those that hold a signal, ascending."""
    bins = grouped(claims, _bin)
    return {one: _confidence_part(bins[one]) for one in sorted(bins)}


def _month(signal: ScoredSignal) -> str:
    return datetime.fromtimestamp(signal.outcome.exit_ms / 1000, UTC).strftime("%Y-%m")


def _bin(claim: ClaimedSignal) -> ConfidenceBin:
    width = CONFIDENCE_BIN_PERCENT
    from_percent = min(int(claim.confidence.percent // width) * width, 100 - width)
    return ConfidenceBin(claim.confidence.calibrated, from_percent)


def _confidence_part(claims: Sequence[ClaimedSignal]) -> ConfidencePart:
    mean = fsum(claim.confidence.percent for claim in claims) / len(claims)
    return ConfidencePart(**asdict(part([claim.scored for claim in claims])), mean_confidence=mean)
