import json
from collections.abc import Callable
from dataclasses import replace
from itertools import accumulate
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drawn_bars import drawn_bar, drawn_history, first_rows, mirrored, only
from trading_core.decision.decide import DecisionSeries, decide, decide_history
from trading_core.decision.decision import Decision
from trading_core.decision.engine import DEFAULT_ENGINE, Engine
from trading_core.decision.family import Family
from trading_core.decision.inputs import BarInputs, DecisionInputs
from trading_core.decision.prediction import Prediction
from trading_core.decision.sides import SignalType
from trading_core.indicators.values import INDICATORS
from trading_core.patterns.pattern_type import PatternType
from trading_core.patterns.sightings import PatternSighting
from trading_core.timeframe import Timeframe

MakeBar = Callable[..., BarInputs]
randoms = st.integers(0, 2**32).map(Random)
bars = randoms.map(drawn_bar)
histories = randoms.map(drawn_history)


def decide_hour(bar: BarInputs, engine: Engine = DEFAULT_ENGINE) -> Decision:
    return decide(engine, Timeframe.H1, bar)


def decide_hours(inputs: DecisionInputs) -> DecisionSeries:
    return decide_history(DEFAULT_ENGINE, Timeframe.H1, inputs)


def test_agreeing_evidence_is_a_buy_with_levels_and_reasons(make_bar: MakeBar) -> None:
    decision = decide_hour(make_bar())
    assert decision.signal_type is SignalType.BUY
    assert decision.levels
    assert decision.levels.take_profits == (2040.0, 2060.0, 2080.0)
    assert decision.summary == (
        "score +0.509 reaches BUY at +0.400: trend +0.156, momentum +0.156, ml +0.100, "
        "patterns +0.096, volume +0.050"
    )


def test_a_mirrored_market_is_a_sell(make_bar: MakeBar) -> None:
    bar = make_bar(patterns=(PatternSighting(make_bar().opened_at_ms, PatternType.HAMMER, 80),))
    assert decide_hour(bar).signal_type is SignalType.BUY
    assert decide_hour(mirrored(bar)).signal_type is SignalType.SELL


@given(bars)
def test_mirrored_evidence_has_the_mirrored_score(bar: BarInputs) -> None:
    assert decide_hour(mirrored(bar)).score == -decide_hour(bar).score


@given(bars)
def test_the_published_points_add_up_to_the_score_exactly(bar: BarInputs) -> None:
    decision = decide_hour(bar)
    assert [row.family for row in decision.evidence] == list(Family)
    assert all(row.points == row.weight * row.value for row in decision.evidence)
    assert all(-1 <= row.value <= 1 for row in decision.evidence)
    assert list(accumulate(row.points for row in decision.evidence))[-1] == decision.score


@given(bars)
def test_the_side_follows_the_score(bar: BarInputs) -> None:
    decision = decide_hour(bar)
    reached = abs(decision.score) >= decision.threshold
    side = SignalType.BUY if decision.score > 0 else SignalType.SELL
    assert decision.signal_type in ({side, SignalType.HOLD} if reached else {SignalType.HOLD})
    assert (decision.levels is None) is (decision.signal_type is SignalType.HOLD)


@given(st.sampled_from(Family), bars)
def test_one_family_alone_never_decides(family: Family, bar: BarInputs) -> None:
    decision = decide_hour(only(family, bar))
    assert decision.signal_type is SignalType.HOLD
    assert decision.levels is None
    assert abs(decision.score) < decision.threshold


@pytest.mark.parametrize("strength", [1, 60, 100])
def test_a_lone_pattern_is_a_hold(make_bar: MakeBar, strength: int) -> None:
    pattern = PatternSighting(make_bar().opened_at_ms, PatternType.THREE_BLACK_CROWS, strength)
    cold = dict.fromkeys(INDICATORS)
    bar = make_bar(**{**cold, "atr": 20.0}, patterns=(pattern,), prediction=None)
    assert decide_hour(bar).signal_type is SignalType.HOLD


def test_a_hold_says_how_far_it_was_and_who_would_have_to_turn(make_bar: MakeBar) -> None:
    decision = decide_hour(make_bar(rsi=40.0, prediction=None))
    assert decision.signal_type is SignalType.HOLD
    assert decision.summary == (
        "HOLD: score +0.243 is 0.157 short of BUY at +0.400; "
        "with the full voice of momentum it would be BUY"
    )


def test_a_hold_names_several_families_where_one_is_not_enough(make_bar: MakeBar) -> None:
    flat = decide_hour(make_bar(**dict.fromkeys(INDICATORS), patterns=None, prediction=None))
    assert flat.summary == (
        "HOLD: score +0.000 is 0.400 short of BUY at +0.400; "
        "with the full voice of trend and momentum it would be BUY"
    )


def test_a_hold_says_where_the_absent_sources_would_have_been_needed(make_bar: MakeBar) -> None:
    demanding = replace(DEFAULT_ENGINE, threshold=0.70)
    bar = make_bar(patterns=None, prediction=None)
    assert decide_hour(bar, demanding).summary == (
        "HOLD: score +0.312 is 0.387 short of BUY at +0.700; "
        "without the absent sources there is not enough evidence for BUY"
    )


def test_a_hold_for_want_of_atr_says_so(
    make_bar: MakeBar, make_prediction: Callable[..., Prediction]
) -> None:
    sure = make_prediction(p_up=1.0, p_neutral=0.0, p_down=0.0)
    bar = make_bar(atr=None, rsi=100.0, close=1960.0, prediction=sure)
    decision = decide_hour(bar, replace(DEFAULT_ENGINE, threshold=0.32))
    assert decision.signal_type is SignalType.HOLD
    assert decision.summary.startswith("HOLD: ATR is not warm: no risk levels (score +0.4")


def test_a_target_that_does_not_cover_fees_is_a_hold(make_bar: MakeBar) -> None:
    minute = make_bar(atr=1.5)
    decision = decide_hour(minute)
    assert decision.signal_type is SignalType.HOLD
    assert decision.summary.startswith("HOLD: the target does not cover fees (score +0.")
    free = replace(DEFAULT_ENGINE, risk=replace(DEFAULT_ENGINE.risk, target_must_cover_fees=False))
    assert decide_hour(minute, free).signal_type is SignalType.BUY


def test_a_narrowed_entry_zone_is_said(make_bar: MakeBar) -> None:
    decision = decide_hour(make_bar(atr=5.0))
    assert decision.levels
    assert decision.levels.zone_narrowed
    assert decision.summary.endswith("; the entry zone is narrowed to stay clear of the stop")


def test_a_published_reasoning_keeps_the_contract(make_bar: MakeBar) -> None:
    published = json.loads(json.dumps(decide_hour(make_bar()).reasoning()))
    assert published["indicators"]["macdSignal"] == 2.5
    assert published["indicators"]["ema9"] == 1990.0
    (pattern,) = published["patterns"]
    assert (pattern["type"], pattern["signal"]) == ("bullish_engulfing", "bullish")
    assert pattern["strength"] == 80
    assert published["mlPrediction"]["direction"] == "up"
    assert published["mlPrediction"]["probability"] == 0.625
    assert published["volumeAnalysis"]["volumeRatio"] == 2.0
    assert published["volumeAnalysis"]["analysis"] == "High volume spike detected"
    assert sum(row["points"] for row in published["evidence"]) == published["score"]
    assert published["threshold"] == 0.4
    assert "reaches BUY" in published["summary"]
    assert all(row["sentence"] for row in published["evidence"])


def test_a_holds_reasoning_is_compact_but_adds_up(make_bar: MakeBar) -> None:
    bar = make_bar(rsi=40.0, prediction=None, absent={Family.ML: "no answer in 2 s"})
    published = decide_hour(bar).reasoning()
    assert published["mlPrediction"] is None
    assert published["absent"] == {"ml": "no answer in 2 s"}
    assert all(row.keys() == {"family", "points"} for row in published["evidence"])
    assert sum(row["points"] for row in published["evidence"]) == published["score"]


@given(bars)
def test_a_decision_replays_from_its_stored_inputs(bar: BarInputs) -> None:
    stored = json.dumps(bar.to_json())
    again = BarInputs.from_json(json.loads(stored))
    assert again == bar
    assert repr(decide_hour(again)) == repr(decide_hour(bar))


@given(histories)
@settings(max_examples=15)
def test_a_batch_decides_as_the_single_bars_do(inputs: DecisionInputs) -> None:
    series = decide_hours(inputs)
    for decision in series.decisions():
        assert repr(decide_hour(decision.inputs)) == repr(decision)


@given(histories, st.integers(1, 8))
@settings(max_examples=15)
def test_later_bars_change_no_earlier_decision(inputs: DecisionInputs, cut: int) -> None:
    whole, part = decide_hours(inputs), decide_hours(first_rows(inputs, cut))
    assert [repr(part.decision_at(row)) for row in range(cut)] == [
        repr(whole.decision_at(row)) for row in range(cut)
    ]
