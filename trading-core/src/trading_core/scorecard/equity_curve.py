"""What the signals made one after the other, beside what doing without them made."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from trading_core.decision.sides import Side
from trading_core.outcomes.price_path import FloatArray, IntArray
from trading_core.scorecard.buy_and_hold import buy_and_hold_percent
from trading_core.scorecard.kept_points import kept_points
from trading_core.scorecard.market import Market
from trading_core.scorecard.random_entries import DRAWS
from trading_core.scorecard.random_paths import RandomPaths, random_paths
from trading_core.scorecard.score import ScoredSignal

MOST_OUTCOMES: Final = 5_000
"""A curve of more is thinned."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class EquityCurve:
    """One row an outcome, in the order of leaving; each signal risks the same, uncompounded.

    Of a thinned curve only `kept_points` have rows; each says what is true of the whole one.
    """

    thinned: bool
    exit_ms: IntArray
    side: tuple[Side, ...]
    net_r: FloatArray
    """Of that signal alone, after fees."""
    cumulative_net_r: FloatArray
    """Of all signals that were left up to and with it."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class EquityBaselines:
    """At the times of the curve's rows."""

    always_hold_net_r: float
    """0 at any time: who never enters wins and loses nothing."""
    buy_and_hold_percent: tuple[float, ...] | None
    """From the first entry; None without candles there."""
    random_entries: RandomPaths | None
    """None where the signals are too few, or no bar could have been entered."""


def equity_curve(signals: Sequence[ScoredSignal]) -> EquityCurve:
    """Signals in any order; an outcome that comes later never changes an earlier row."""
    left = sorted(signals, key=lambda one: (one.outcome.exit_ms, one.entered_at_ms))
    net_r = np.array([one.outcome.net_r for one in left], np.float64)
    cumulative = np.cumsum(net_r)
    thinned = len(left) > MOST_OUTCOMES
    rows = kept_points(cumulative) if thinned else np.arange(len(left))
    return EquityCurve(
        thinned=thinned,
        exit_ms=np.array([one.outcome.exit_ms for one in left], np.int64)[rows],
        side=tuple(left[row].side for row in rows),
        net_r=net_r[rows],
        cumulative_net_r=cumulative[rows],
    )


def equity_baselines(
    signals: Sequence[ScoredSignal],
    curve: EquityCurve,
    market: Market,
    *,
    draws: int = DRAWS,
    seed: int = 0,
) -> EquityBaselines:
    """Of at least one signal."""
    return EquityBaselines(
        always_hold_net_r=0.0,
        buy_and_hold_percent=_held_percent(signals, curve, market),
        random_entries=random_paths(market, signals, curve.exit_ms, draws=draws, seed=seed),
    )


def _held_percent(
    signals: Sequence[ScoredSignal], curve: EquityCurve, market: Market
) -> tuple[float, ...] | None:
    since_ms = min(signal.entered_at_ms for signal in signals)
    fee_rate = market.rules.fee_per_side
    held = [
        buy_and_hold_percent(market.candles, since_ms, int(exit_ms), fee_rate)
        for exit_ms in curve.exit_ms
    ]
    known = tuple(percent for percent in held if percent is not None)
    return known if len(known) == len(held) else None
