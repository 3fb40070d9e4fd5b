"""The figures of one group of outcomes, or the plain word that there are too few."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, sqrt
from typing import Final

from trading_core.decision.sides import Side
from trading_core.outcomes.exit_reason import ExitReason
from trading_core.outcomes.outcome import Outcome
from trading_core.scorecard.wilson import wilson_interval

FEWEST_OUTCOMES: Final = 30
TOO_FEW: Final = "too few"


@dataclass(frozen=True, slots=True)
class ScoredSignal:
    """A signal that was left; those that continue another one are not scored."""

    side: Side
    entered_at_ms: int
    outcome: Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Counts always; shares and means only from `FEWEST_OUTCOMES` outcomes on, else None."""

    n: int
    hits: int
    """Take-profit 1 was reached before the stop and the horizon."""
    stopped: int
    expired: int
    ambiguous: int
    """Of those stopped: the target lay in the same bar, and nothing finer said which came first."""
    verdict: str | None
    """"too few", else None."""
    hit_rate: float | None = None
    """hits / n, 0…1; the bounds are its Wilson 95 % interval."""
    hit_rate_low: float | None = None
    hit_rate_high: float | None = None
    mean_net_r: float | None = None
    net_r_standard_error: float | None = None
    """s/√n with n − 1 in s. Like Wilson's interval it takes the outcomes for independent."""
    mean_profit_loss_percent: float | None = None
    """Net of fees, a signal."""


def score(signals: Sequence[ScoredSignal]) -> Score:
    outcomes = [signal.outcome for signal in signals]
    reasons = [outcome.exit_reason for outcome in outcomes]
    count, hits = len(outcomes), reasons.count(ExitReason.TAKE_PROFIT_1)
    enough = count >= FEWEST_OUTCOMES
    low, high = wilson_interval(hits, count) if enough else (None, None)
    net_r = [outcome.net_r for outcome in outcomes]
    return Score(
        n=count,
        hits=hits,
        stopped=reasons.count(ExitReason.STOP),
        expired=reasons.count(ExitReason.HORIZON),
        ambiguous=sum(outcome.ambiguous for outcome in outcomes),
        verdict=None if enough else TOO_FEW,
        hit_rate=hits / count if enough else None,
        hit_rate_low=low,
        hit_rate_high=high,
        mean_net_r=_mean(net_r) if enough else None,
        net_r_standard_error=_standard_error(net_r) if enough else None,
        mean_profit_loss_percent=_mean([one.profit_loss_percent for one in outcomes])
        if enough
        else None,
    )


def _mean(values: Sequence[float]) -> float:
    return fsum(values) / len(values)


def _standard_error(values: Sequence[float]) -> float:
    mean, count = _mean(values), len(values)
    variance = fsum((value - mean) ** 2 for value in values) / (count - 1)
    return sqrt(variance / count)
