from dataclasses import replace

import numpy as np
import pytest

from scored_signals import HOURS, signal_of
from trading_core.decision.sides import Side
from trading_core.outcomes.exit_reason import ExitReason
from trading_core.outcomes.price_path import IntArray
from trading_core.scorecard.market import Market
from trading_core.scorecard.random_paths import RandomPaths, random_paths
from trading_core.scorecard.score import FEWEST_OUTCOMES, ScoredSignal
from trading_core.scorecard.scorecard import scorecard

SIGNALS = [
    signal_of(ExitReason.STOP, (Side.SELL, Side.BUY)[hour % 3 == 0], hour)
    for hour in range(1, HOURS - 20, 7)
]
EXITS_MS = np.array([one.outcome.exit_ms for one in SIGNALS])


def drawn(
    market: Market, signals: list[ScoredSignal] = SIGNALS, at_ms: IntArray = EXITS_MS, seed: int = 0
) -> RandomPaths:
    paths = random_paths(market, signals, at_ms, draws=200, seed=seed)
    assert paths is not None
    return paths


def test_paths_end_where_the_scorecards_random_entries_do(wandering: Market) -> None:
    baselines = scorecard({"live": SIGNALS}, wandering, draws=200)["live"].baselines
    assert baselines is not None
    assert baselines.random_entries is not None
    known, paths = baselines.random_entries.mean_net_r, drawn(wandering)
    for ours, theirs in (
        (paths.mean, known.mean),
        (paths.percentile_5, known.percentile_5),
        (paths.percentile_95, known.percentile_95),
    ):
        assert ours[-1] == pytest.approx(theirs * len(SIGNALS), rel=1e-12)


def test_the_order_in_which_signals_are_given_draws_nothing_else(wandering: Market) -> None:
    there, back = drawn(wandering), drawn(wandering, SIGNALS[::-1])
    np.testing.assert_array_equal(there.mean, back.mean)


def test_a_coarser_axis_has_the_same_values_at_its_times(wandering: Market) -> None:
    every, third = drawn(wandering), drawn(wandering, at_ms=EXITS_MS[::-3][::-1])
    np.testing.assert_allclose(third.mean, every.mean[::-3][::-1], rtol=1e-12)
    np.testing.assert_allclose(third.percentile_5, every.percentile_5[::-3][::-1], rtol=1e-12)


def test_paths_grow_as_evenly_as_entries_are_drawn(wandering: Market) -> None:
    paths = drawn(wandering)
    half = len(SIGNALS) // 2
    assert paths.mean[half] == pytest.approx(paths.mean[-1] / 2, rel=0.35)
    assert (paths.percentile_5 <= paths.mean).all()
    assert (paths.mean <= paths.percentile_95).all()


def test_equal_seeds_draw_equal_paths(wandering: Market) -> None:
    np.testing.assert_array_equal(drawn(wandering).mean, drawn(wandering).mean)
    assert (drawn(wandering).mean != drawn(wandering, seed=1).mean).any()


def test_exits_at_one_time_share_its_value(wandering: Market) -> None:
    doubled = np.repeat(EXITS_MS, 2)
    paths = drawn(wandering, at_ms=doubled)
    np.testing.assert_array_equal(paths.mean[::2], paths.mean[1::2])
    np.testing.assert_allclose(paths.mean[1::2], drawn(wandering).mean, rtol=1e-12)


def test_there_are_no_paths_where_there_is_no_comparison(wandering: Market) -> None:
    few = SIGNALS[: FEWEST_OUTCOMES - 1]
    assert random_paths(wandering, few, EXITS_MS) is None
    not_warm = replace(wandering, atr=np.full(HOURS, np.nan))
    assert random_paths(not_warm, SIGNALS, EXITS_MS) is None
