"""The baseline of entries at random moments, with everything else as the signals have it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from trading_core.decision.sides import Side
from trading_core.outcomes.price_path import FloatArray, IntArray
from trading_core.scorecard.market import Market
from trading_core.scorecard.possible_entries import (
    EntriesBySide,
    draw_entries,
    possible_entries,
)
from trading_core.scorecard.score import ScoredSignal
from trading_core.time_range import TimeRange

DRAWS: Final = 1_000
PERCENTILES: Final = (5, 95)


@dataclass(frozen=True, slots=True)
class Distribution:
    """Of one figure over all draws."""

    mean: float
    percentile_5: float
    percentile_95: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RandomEntries:
    """What as many random entries with the same mix of sides made, drawn again and again."""

    draws: int
    seed: int
    mean_net_r: Distribution
    hit_rate: Distribution
    mean_profit_loss_percent: Distribution
    share_below: float
    """The share of draws, 0…1, whose mean net R was below the signals' own."""


def entries_like(signals: Sequence[ScoredSignal]) -> tuple[Counter[Side], TimeRange]:
    """How many of each side a draw has, and when they may be entered, to be like these signals.

    Sides stand in the order in which they first were entered, and are drawn in it.
    """
    in_time = sorted(signals, key=lambda signal: signal.entered_at_ms)
    first, last = in_time[0].entered_at_ms, in_time[-1].entered_at_ms
    return Counter(signal.side for signal in in_time), TimeRange(first, last + 1)


def random_entries(
    market: Market,
    counts: Mapping[Side, int],
    period: TimeRange,
    own_mean_net_r: float,
    *,
    draws: int = DRAWS,
    seed: int = 0,
) -> RandomEntries | None:
    """Draw `counts` entries a side from the bars that close in `period`, with replacement.

    Each takes the levels of `market.rules` from its own bar, and only bars where a signal could
    have been given take part: ATR warm, target covering the fees if the rules ask for it. None
    where a side that is asked for has no such bar whose horizon lies within the candles.

    Every possible entry is followed once, the draws only choose; equal seeds draw alike.
    """
    entries = possible_entries(market, counts, period)
    if entries is None:
        return None
    chosen = draw_entries(entries, counts, draws, seed)
    drawn = np.array([_means(entries, rows) for rows in chosen])
    return RandomEntries(
        draws=draws,
        seed=seed,
        mean_net_r=_distribution(drawn[:, 0]),
        hit_rate=_distribution(drawn[:, 1]),
        mean_profit_loss_percent=_distribution(drawn[:, 2]),
        share_below=float((drawn[:, 0] < own_mean_net_r).mean()),
    )


def _means(entries: EntriesBySide, chosen: Mapping[Side, IntArray]) -> FloatArray:
    """Mean net R, hit rate and mean profit or loss in percent of one draw."""
    sums = np.zeros(3)
    for side, rows in chosen.items():
        sums += (
            entries[side].net_r[rows].sum(),
            entries[side].hit[rows].sum(),
            entries[side].profit_loss_percent[rows].sum(),
        )
    return sums / sum(map(len, chosen.values()))


def _distribution(values: FloatArray) -> Distribution:
    low, high = np.percentile(values, PERCENTILES)
    return Distribution(float(values.mean()), float(low), float(high))
