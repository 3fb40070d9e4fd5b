import json
from collections.abc import Callable
from dataclasses import replace
from itertools import accumulate
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trading_core.decision.decide import DecisionSeries, decide, decide_history
from trading_core.decision.decision import Decision
from trading_core.decision.engine import DEFAULT_ENGINE, Engine
from trading_core.decision.family import Family
from trading_core.decision.inputs import BarInputs, DecisionInputs
from trading_core.decision.prediction import PredictedDirection, Prediction, PredictionSeries
from trading_core.decision.sides import SignalType
from trading_core.indicators.values import INDICATORS, IndicatorSeries, IndicatorSnapshot
from trading_core.patterns.pattern_type import PatternType
from trading_core.patterns.sightings import PatternSighting
from trading_core.timeframe import HOUR_MS, Timeframe
from trading_core.volume import VolumeAnalysis, volume_series

MakeBar = Callable[..., BarInputs]
MIRRORED = {
    PatternType.HAMMER: PatternType.SHOOTING_STAR,
    PatternType.BULLISH_ENGULFING: PatternType.BEARISH_ENGULFING,
    PatternType.MORNING_STAR: PatternType.EVENING_STAR,
    PatternType.THREE_WHITE_SOLDIERS: PatternType.THREE_BLACK_CROWS,
    PatternType.DOJI: PatternType.DOJI,
}
MIRRORED |= {there: here for here, there in MIRRORED.items()}


def drawn_bar(random: Random, row: int = 0) -> BarInputs:
    """Any bar, in eighths, so that mirrored numbers are exact; a third of its values are absent."""

    def perhaps(first: int, last: int) -> float | None:
        return None if random.random() < 1 / 3 else random.randint(first, last) / 8

    opened_ms = (480_000 + row) * HOUR_MS
    middle, half_width = random.randint(15_000, 17_000) / 8, perhaps(0, 400)
    values = {name: perhaps(15_000, 17_000) for name in INDICATORS} | {
        "rsi": perhaps(0, 800),
        "macd_histogram": perhaps(-80, 80),
        "atr": perhaps(0, 400),
        "bollinger_middle": middle,
        "bollinger_upper": None if half_width is None else middle + half_width,
        "bollinger_lower": None if half_width is None else middle - half_width,
    }
    ages = sorted((random.randint(0, 7) for _ in range(random.randint(0, 4))), reverse=True)
    patterns = tuple(
        PatternSighting(
            opened_ms - age * HOUR_MS, random.choice(sorted(MIRRORED)), random.randint(1, 100)
        )
        for age in ages
    )
    ratio = random.uniform(0, 3)
    return BarInputs(
        opened_at_ms=opened_ms,
        close=random.randint(15_000, 17_000) / 8,
        indicators=IndicatorSnapshot(opened_at_ms=opened_ms, **values),
        patterns=random.choice((patterns, None)),
        volume=random.choice((VolumeAnalysis(1.0, ratio, ratio, ""), None)),
        prediction=random.choice((drawn_prediction(random), None)),
        absent=random.choice(({}, {Family.ML: "no answer in 2 s"})),
    )


def drawn_prediction(random: Random) -> Prediction:
    up = random.randint(0, 64)
    down = random.randint(0, 64 - up)
    return Prediction(
        p_up=up / 64,
        p_neutral=(64 - up - down) / 64,
        p_down=down / 64,
        direction=random.choice(list(PredictedDirection)),
        probability=0.5,
        model_id="3f0c",
        abstained=random.random() < 0.5,
        reason="no_skill",
    )


def drawn_history(random: Random) -> DecisionInputs:
    rows = [drawn_bar(random, row) for row in range(8)]
    seen = sorted((s for bar in rows for s in bar.patterns or ()), key=lambda s: s.opened_at_ms)
    traded = np.array([random.uniform(0, 10) for _ in rows])
    return DecisionInputs(
        indicators=IndicatorSeries.of([bar.indicators for bar in rows]),
        close=np.array([bar.close for bar in rows]),
        patterns=random.choice((seen, None)),
        volume=random.choice((volume_series(traded), None)),
        predictions=PredictionSeries.of([bar.prediction for bar in rows]),
    )


randoms = st.integers(0, 2**32).map(Random)
bars = randoms.map(drawn_bar)
histories = randoms.map(drawn_history)


def decide_hour(bar: BarInputs, engine: Engine = DEFAULT_ENGINE) -> Decision:
    return decide(engine, Timeframe.H1, bar)


def decide_hours(inputs: DecisionInputs) -> DecisionSeries:
    return decide_history(DEFAULT_ENGINE, Timeframe.H1, inputs)


def mirrored(bar: BarInputs) -> BarInputs:
    """The same bar in a market that fell as it rose: every price reflected at the close."""
    values = {name: getattr(bar.indicators, name) for name in INDICATORS}
    flipped = {name: value and 2 * bar.close - value for name, value in values.items()}
    flipped |= {
        "rsi": None if values["rsi"] is None else 100 - values["rsi"],
        "atr": values["atr"],
        "bollinger_upper": flipped["bollinger_lower"],
        "bollinger_lower": flipped["bollinger_upper"],
        **{name: values[name] and -values[name] for name in values if name.startswith("macd")},
    }
    one = bar.prediction
    return replace(
        bar,
        indicators=IndicatorSnapshot(opened_at_ms=bar.opened_at_ms, **flipped),
        patterns=bar.patterns
        and tuple(replace(s, pattern_type=MIRRORED[s.pattern_type]) for s in bar.patterns),
        prediction=one and replace(one, p_up=one.p_down, p_down=one.p_up),
    )


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


def only(family: Family, bar: BarInputs) -> BarInputs:
    """The bar with evidence of one family, and volume, alone."""
    heard = {
        Family.TREND: {"ema_9", "ema_21", "ema_50", "ema_200", "vwap", "atr"},
        Family.MOMENTUM: {"rsi", "macd", "macd_signal", "macd_histogram", "atr"},
        Family.VOLATILITY: {"bollinger_upper", "bollinger_middle", "bollinger_lower", "atr"},
    }.get(family, {"atr"})
    values = {name: getattr(bar.indicators, name) if name in heard else None for name in INDICATORS}
    return replace(
        bar,
        indicators=IndicatorSnapshot(opened_at_ms=bar.opened_at_ms, **values),
        patterns=bar.patterns if family is Family.PATTERNS else None,
        prediction=bar.prediction if family is Family.ML else None,
    )


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
        "momentum would have to speak fully for BUY"
    )


def test_a_hold_names_several_families_where_one_is_not_enough(make_bar: MakeBar) -> None:
    flat = decide_hour(make_bar(**dict.fromkeys(INDICATORS), patterns=None, prediction=None))
    assert flat.summary == (
        "HOLD: score +0.000 is 0.400 short of BUY at +0.400; "
        "trend and momentum would have to speak fully for BUY"
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


def first_rows(inputs: DecisionInputs, count: int) -> DecisionInputs:
    """What was known after so many bars."""
    times = inputs.indicators.open_time_ms[:count]
    volume, model = inputs.volume, inputs.predictions
    return DecisionInputs(
        indicators=IndicatorSeries.of([inputs.indicators.at(row) for row in range(count)]),
        close=inputs.close[:count],
        patterns=inputs.patterns
        and [seen for seen in inputs.patterns if seen.opened_at_ms <= times[-1]],
        volume=volume and volume[:count],
        predictions=model and PredictionSeries.of(model.predictions[:count]),
        absent=inputs.absent,
    )
