"""Decisions on real candles: how often they fall, and that one bar agrees with the batch."""

from collections.abc import Callable

import numpy as np
import pytest

from trading_core.candles import Candles
from trading_core.decision.decide import DecisionSeries, decide, decide_history
from trading_core.decision.engine import DEFAULT_ENGINE
from trading_core.decision.inputs import BarInputs, DecisionInputs
from trading_core.decision.sides import SignalType
from trading_core.indicators.series import indicator_series
from trading_core.patterns.scan import scan
from trading_core.risk_levels import LevelRefusal
from trading_core.timeframe import WINDOW_BARS
from trading_core.volume import analyse_volume, volume_series

Recording = Callable[[str], Candles]


def decided(candles: Candles, *, with_patterns: bool = True) -> DecisionSeries:
    """Every bar decided without a model, from what the candles alone give."""
    since_ms = candles.first_open_ms
    inputs = DecisionInputs(
        indicators=indicator_series(candles, since_ms),
        close=candles.close,
        patterns=scan(candles, since_ms).sightings() if with_patterns else None,
        volume=volume_series(candles.volume),
        predictions=None,
    )
    return decide_history(DEFAULT_ENGINE, candles.timeframe, inputs)


@pytest.mark.parametrize("name", ["ETHUSDT-1h-2017-2024", "ETHUSDT-15m-2023-2024"])
@pytest.mark.parametrize("with_patterns", [True, False])
def test_a_few_percent_of_bars_are_decided_both_ways_without_a_model(
    recording: Recording,
    name: str,
    with_patterns: bool,  # noqa: FBT001 # a parameter of the test
) -> None:
    series = decided(recording(name)[-20_000:], with_patterns=with_patterns)
    buys, sells = np.mean(series.sign > 0), np.mean(series.sign < 0)
    assert 0.03 < buys + sells < 0.10
    assert min(buys, sells) > 0.01


def test_on_minutes_the_target_often_does_not_cover_fees(recording: Recording) -> None:
    series = decided(recording("ETHUSDT-1m-2023-03")[-20_000:])
    refused = [series.levels.refusal(place) for place in range(len(series.reached_rows))]
    share = refused.count(LevelRefusal.FEES) / len(refused)
    assert share > 0.5
    row = int(series.reached_rows[refused.index(LevelRefusal.FEES)])
    hold = series.decision_at(row)
    assert hold.signal_type is SignalType.HOLD
    assert "the target does not cover fees" in hold.summary


def test_on_minutes_a_narrowed_zone_is_the_rule(recording: Recording) -> None:
    series = decided(recording("ETHUSDT-1m-2023-03")[-20_000:])
    assert series.levels.zone_narrowed.mean() > 0.9


def test_one_bar_agrees_with_the_batch_bit_for_bit(recording: Recording) -> None:
    candles = recording("ETHUSDT-1h-2017-2024")[-5_000:]
    series = decided(candles)
    random = np.random.default_rng(5)
    rows = {*random.integers(0, len(series), 60).tolist(), *series.reached_rows[:60].tolist()}
    for row in rows:
        single = decide(DEFAULT_ENGINE, candles.timeframe, gathered(candles, series, row))
        assert repr(single) == repr(series.decision_at(row))


def gathered(candles: Candles, series: DecisionSeries, row: int) -> BarInputs:
    """The bar's inputs as services gather them: each source asked by itself, through JSON."""
    inputs = series.inputs
    now_ms = int(candles.open_time_ms[row])
    oldest_ms = now_ms - DEFAULT_ENGINE.pattern_memory_bars * candles.timeframe.duration_ms
    seen = [one for one in inputs.patterns or () if oldest_ms < one.opened_at_ms <= now_ms]
    bar = BarInputs(
        opened_at_ms=now_ms,
        close=float(candles.close[row]),
        indicators=inputs.indicators.at(row),
        patterns=tuple(seen),
        volume=analyse_volume(candles.volume[max(0, row - 23) : row + 1].tolist()),
        prediction=None,
    )
    return BarInputs.from_json(bar.to_json())


def test_later_candles_change_no_earlier_decision(recording: Recording) -> None:
    candles = recording("ETHUSDT-15m-2023-2024")[: 3 * WINDOW_BARS]
    whole = decided(candles)
    for cut in (450, WINDOW_BARS, WINDOW_BARS + 1, 2 * WINDOW_BARS + 777):
        part = decided(candles[:cut])
        assert part.scores.points.tobytes() == whole.scores.points[:, :cut].tobytes()
        assert part.sign.tobytes() == whole.sign[:cut].tobytes()
        assert repr(part.decision_at(cut - 1)) == repr(whole.decision_at(cut - 1))
