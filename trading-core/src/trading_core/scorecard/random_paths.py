"""How the baseline of random entries grew over time, beside the signals' own curve."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from trading_core.decision.sides import Side
from trading_core.outcomes.price_path import FloatArray, IntArray
from trading_core.scorecard.market import Market
from trading_core.scorecard.possible_entries import (
    EntriesBySide,
    draw_entries,
    possible_entries,
)
from trading_core.scorecard.random_entries import DRAWS, PERCENTILES, entries_like
from trading_core.scorecard.score import FEWEST_OUTCOMES, ScoredSignal


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RandomPaths:
    """Cumulative net R of all draws, at each time by itself: no single draw is such a line."""

    draws: int
    seed: int
    mean: FloatArray
    percentile_5: FloatArray
    percentile_95: FloatArray


def random_paths(
    market: Market,
    signals: Sequence[ScoredSignal],
    at_ms: IntArray,
    *,
    draws: int = DRAWS,
    seed: int = 0,
) -> RandomPaths | None:
    """The draws of `random_entries` for these signals, summed up by the times of `at_ms`.

    `at_ms` ascends. A draw may be entered as late as the last signal and be left after the last
    time: what is left later counts there, so that the end is the sum of the whole draw.
    None where the signals are too few to be compared, or no bar could have been entered.
    """
    if len(signals) < FEWEST_OUTCOMES:
        return None
    counts, period = entries_like(signals)
    entries = possible_entries(market, counts, period)
    if entries is None:
        return None
    places = {side: _places(one.exit_ms, at_ms) for side, one in entries.items()}
    chosen = draw_entries(entries, counts, draws, seed)
    paths = np.array([_path(entries, places, rows, len(at_ms)) for rows in chosen])
    low, high = np.percentile(paths, PERCENTILES, axis=0)
    return RandomPaths(
        draws=draws, seed=seed, mean=paths.mean(axis=0), percentile_5=low, percentile_95=high
    )


def _places(exit_ms: IntArray, at_ms: IntArray) -> IntArray:
    """The first of the times by which each entry was left; of what came later, the last time."""
    places: IntArray = np.searchsorted(at_ms, np.minimum(exit_ms, at_ms[-1]))
    return places


def _path(
    entries: EntriesBySide,
    places: Mapping[Side, IntArray],
    chosen: Mapping[Side, IntArray],
    length: int,
) -> FloatArray:
    gained = np.zeros(length)
    for side, rows in chosen.items():
        gained += np.bincount(places[side][rows], entries[side].net_r[rows], length)
    return np.cumsum(gained)
