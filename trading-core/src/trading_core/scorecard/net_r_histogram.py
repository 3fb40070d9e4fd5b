"""How often the signals made how much: net R in fixed bins."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from trading_core.scorecard.breakdown import grouped
from trading_core.scorecard.score import ScoredSignal, score

NET_R_EDGES: Final = tuple(quarter / 4 for quarter in range(-12, 9))
"""From −3 to +2 in quarters of R; below and above it lies one open bin each.

A stop is −1 and take-profit 1 is +1.33 before fees, which a target has to cover: −3 holds nearly
every stop, and beyond +2 lie engines whose targets are further away.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class HistogramBin:
    """Net R in [from_r, until_r); None is no bound."""

    from_r: float | None
    until_r: float | None
    n: int
    hits: int
    stopped: int
    expired: int
    ambiguous: int


def net_r_histogram(signals: Sequence[ScoredSignal]) -> tuple[HistogramBin, ...]:
    """Every bin, also empty ones, ascending."""
    places = grouped(signals, lambda one: bisect_right(NET_R_EDGES, one.outcome.net_r))
    bounds = (None, *NET_R_EDGES, None)
    return tuple(
        _bin(bounds[place], bounds[place + 1], places.get(place, []))
        for place in range(len(bounds) - 1)
    )


def _bin(
    from_r: float | None, until_r: float | None, signals: Sequence[ScoredSignal]
) -> HistogramBin:
    counts = score(signals)
    return HistogramBin(
        from_r=from_r,
        until_r=until_r,
        n=counts.n,
        hits=counts.hits,
        stopped=counts.stopped,
        expired=counts.expired,
        ambiguous=counts.ambiguous,
    )
