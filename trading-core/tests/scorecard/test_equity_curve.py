from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given

from scored_signals import FIRST_MS, HOURS, scored_signals, signal_of
from trading_core.decision.sides import Side
from trading_core.outcomes.exit_reason import ExitReason
from trading_core.scorecard.buy_and_hold import buy_and_hold_percent
from trading_core.scorecard.equity_curve import MOST_OUTCOMES, equity_baselines, equity_curve
from trading_core.scorecard.kept_points import MOST_POINTS
from trading_core.scorecard.market import Market
from trading_core.scorecard.score import ScoredSignal
from trading_core.timeframe import HOUR_MS

LATER_MS = 10_000 * HOUR_MS


def later(signal: ScoredSignal) -> ScoredSignal:
    outcome = replace(signal.outcome, exit_ms=signal.outcome.exit_ms + LATER_MS)
    return ScoredSignal(signal.side, signal.entered_at_ms + LATER_MS, outcome)


@given(scored_signals)
def test_a_curve_adds_up_what_every_signal_made(signals: list[ScoredSignal]) -> None:
    curve = equity_curve(signals)
    assert len(curve.exit_ms) == len(curve.side) == len(curve.net_r) == len(signals)
    assert (np.diff(curve.exit_ms) >= 0).all()
    np.testing.assert_array_equal(np.cumsum(curve.net_r), curve.cumulative_net_r)
    whole = sum(one.outcome.net_r for one in signals)
    assert curve.cumulative_net_r[-1:].sum() == pytest.approx(whole, abs=1e-9)


@given(scored_signals, scored_signals)
def test_what_is_left_later_changes_nothing_before_it(
    first: list[ScoredSignal], second: list[ScoredSignal]
) -> None:
    short, long = equity_curve(first), equity_curve([*map(later, second), *first])
    count = len(first)
    np.testing.assert_array_equal(short.exit_ms, long.exit_ms[:count])
    np.testing.assert_array_equal(short.cumulative_net_r, long.cumulative_net_r[:count])


def test_of_no_signal_the_curve_is_empty() -> None:
    curve = equity_curve([])
    assert (len(curve.exit_ms), len(curve.cumulative_net_r), curve.thinned) == (0, 0, False)


def test_a_long_curve_is_thinned_and_keeps_what_all_outcomes_made() -> None:
    reasons = np.random.default_rng(5).choice(list(ExitReason), MOST_OUTCOMES + 1)
    signals = [signal_of(ExitReason(one), Side.SELL, hour) for hour, one in enumerate(reasons)]
    whole, thin = equity_curve(signals[:-1]), equity_curve(signals)
    assert (whole.thinned, len(whole.net_r)) == (False, MOST_OUTCOMES)
    assert thin.thinned
    assert len(thin.net_r) == len(thin.side) == len(thin.exit_ms) <= MOST_POINTS
    every = np.cumsum([one.outcome.net_r for one in signals])
    rows = (thin.exit_ms - FIRST_MS) // HOUR_MS - 1
    np.testing.assert_array_equal(thin.cumulative_net_r, every[rows])
    assert (rows[0], rows[-1]) == (0, MOST_OUTCOMES)
    assert thin.cumulative_net_r.max() == every.max()
    assert thin.cumulative_net_r.min() == every.min()


def test_every_baseline_stands_at_every_exit(wandering: Market) -> None:
    signals = [signal_of(ExitReason.STOP, hour=hour) for hour in range(1, 61)]
    curve = equity_curve(signals)
    baselines = equity_baselines(signals, curve, wandering, draws=20)
    held, drawn = baselines.buy_and_hold_percent, baselines.random_entries
    assert held is not None
    assert drawn is not None
    assert baselines.always_hold_net_r == 0
    assert len(held) == len(drawn.mean) == len(curve.exit_ms) == 60
    last_ms = int(curve.exit_ms[-1])
    assert held[-1] == buy_and_hold_percent(wandering.candles, FIRST_MS + HOUR_MS, last_ms, 0.001)


def test_without_candles_at_the_first_entry_nobody_bought(wandering: Market) -> None:
    signals = [signal_of(ExitReason.STOP, hour=hour) for hour in range(-2, HOURS // 10)]
    baselines = equity_baselines(signals, equity_curve(signals), wandering, draws=20)
    assert baselines.buy_and_hold_percent is None
