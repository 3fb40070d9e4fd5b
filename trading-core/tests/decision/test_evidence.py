from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trading_core.decision.decide import decide
from trading_core.decision.decision import Evidence
from trading_core.decision.engine import DEFAULT_ENGINE
from trading_core.decision.family import Family
from trading_core.decision.inputs import BarInputs
from trading_core.decision.prediction import Prediction
from trading_core.patterns.pattern_type import PatternType
from trading_core.patterns.sightings import PatternSighting
from trading_core.timeframe import HOUR_MS, Timeframe
from trading_core.volume import VolumeAnalysis

MakeBar = Callable[..., BarInputs]


def evidence(bar: BarInputs) -> dict[Family, Evidence]:
    return {row.family: row for row in decide(DEFAULT_ENGINE, Timeframe.H1, bar).evidence}


def test_trend_is_the_mean_of_its_parts_in_atr(make_bar: MakeBar) -> None:
    row = evidence(make_bar())[Family.TREND]
    assert row.value == 0.5 * 0.5 + 0.25 * 1.0 + 0.25 * 0.5
    assert row.points == 0.25 * row.value
    assert row.sentence == (
        "EMA 9 is above EMA 21, above EMA 50; the close is 5.26% above EMA 200; "
        "the close is 1.01% above VWAP"
    )


def test_momentum_is_rsi_from_50_and_macd_from_its_signal(make_bar: MakeBar) -> None:
    row = evidence(make_bar())[Family.MOMENTUM]
    assert row.value == 0.5 * 0.75 + 0.5 * 0.5
    assert row.sentence == "RSI 65.0 is above 50; MACD is above its signal line"


@pytest.mark.parametrize(
    ("close", "value"),
    [(1980.0, 0.0), (2000.0, -0.5), (2020.0, -1.0), (2100.0, -1.0), (1920.0, 0.5), (1960.0, 0.0)],
)
def test_a_stretch_towards_a_band_speaks_against_going_on(
    make_bar: MakeBar, close: float, value: float
) -> None:
    assert evidence(make_bar(close=close))[Family.VOLATILITY].value == value


def test_the_bollinger_position_is_told(make_bar: MakeBar) -> None:
    said = evidence(make_bar(close=1940.0))[Family.VOLATILITY].sentence
    assert said == "the close is 50% of the way to the lower Bollinger band"


@pytest.mark.parametrize(("age", "value"), [(0, 0.8), (1, 0.64), (4, 0.16), (5, 0.0), (-1, 0.0)])
def test_a_patterns_say_decays_with_its_age(make_bar: MakeBar, age: int, value: float) -> None:
    opened_ms = make_bar().opened_at_ms - age * HOUR_MS
    bar = make_bar(patterns=(PatternSighting(opened_ms, PatternType.MORNING_STAR, 80),))
    row = evidence(bar)[Family.PATTERNS]
    assert row.value == pytest.approx(value, abs=1e-15)
    assert ("morning star of strength 80" in row.sentence) is (value > 0)


def test_patterns_add_up_and_opposites_cancel(make_bar: MakeBar) -> None:
    now = make_bar().opened_at_ms
    bullish = PatternSighting(now, PatternType.HAMMER, 90)
    bearish = PatternSighting(now, PatternType.EVENING_STAR, 90)
    doji = PatternSighting(now, PatternType.DOJI, 90)
    both = evidence(make_bar(patterns=(doji, bullish, bearish)))[Family.PATTERNS]
    assert both.value == 0
    assert evidence(make_bar(patterns=(bullish, bullish)))[Family.PATTERNS].value == 1
    assert both.sentence == (
        "neutral doji of strength 90, now; bullish hammer of strength 90, now; "
        "bearish evening star of strength 90, now"
    )


def test_no_pattern_is_said(make_bar: MakeBar) -> None:
    row = evidence(make_bar(patterns=()))[Family.PATTERNS]
    assert (row.value, row.sentence) == (0, "no pattern in the last 5 bars")


def test_the_model_leans_by_its_probabilities(make_bar: MakeBar) -> None:
    row = evidence(make_bar())[Family.ML]
    assert row.value == 0.5
    assert row.sentence == "the model gives a rise 62%, a fall 12%"


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        ("no_model", "no edge: the model abstains (no_model)"),
        ("no_skill", "rules only: no edge, the model abstains (no_skill)"),
        (None, "rules only: no edge, the model abstains (no reason given)"),
    ],
)
def test_a_model_that_abstains_has_no_say(
    make_bar: MakeBar,
    make_prediction: Callable[..., Prediction],
    reason: str | None,
    sentence: str,
) -> None:
    bar = make_bar(prediction=make_prediction(abstained=True, reason=reason))
    row = evidence(bar)[Family.ML]
    assert (row.value, row.sentence) == (0, sentence)


def test_a_degraded_model_has_its_say_and_is_told(
    make_bar: MakeBar, make_prediction: Callable[..., Prediction]
) -> None:
    row = evidence(make_bar(prediction=make_prediction(degraded=True)))[Family.ML]
    assert row.value == 0.5
    assert row.sentence == "the model gives a rise 62%, a fall 12%, but it has degraded"


def test_an_absent_source_counts_nothing_and_is_named(make_bar: MakeBar) -> None:
    absent = {Family.PATTERNS: "no answer in 2 s", Family.ML: "HTTP 503"}
    rows = evidence(make_bar(patterns=None, prediction=None, volume=None, absent=absent))
    assert rows[Family.PATTERNS].sentence == "patterns are absent: no answer in 2 s"
    assert rows[Family.ML].sentence == "the prediction is absent: HTTP 503"
    assert rows[Family.VOLUME].sentence == "volume is absent: it was not asked"
    assert [rows[family].points for family in (Family.PATTERNS, Family.ML, Family.VOLUME)] == [
        0
    ] * 3


@pytest.mark.parametrize(
    ("cold", "family", "said"),
    [
        ("ema_200", Family.TREND, "EMA 200 is not warm yet"),
        ("ema_50", Family.TREND, "EMA 50 is not warm yet"),
        ("vwap", Family.TREND, "VWAP is not warm yet"),
        ("atr", Family.TREND, "ATR is not warm yet"),
        ("rsi", Family.MOMENTUM, "RSI is not warm yet"),
        ("macd_histogram", Family.MOMENTUM, "MACD is not warm yet"),
        ("bollinger_upper", Family.VOLATILITY, "Bollinger 20 is not warm yet"),
    ],
)
def test_what_is_not_warm_counts_nothing_and_says_so(
    make_bar: MakeBar, cold: str, family: Family, said: str
) -> None:
    warm, row = evidence(make_bar())[family], evidence(make_bar(**{cold: None}))[family]
    assert said in row.sentence
    assert abs(row.value) < abs(warm.value)


def test_a_market_that_stands_still_says_so(make_bar: MakeBar) -> None:
    rows = evidence(make_bar(atr=0.0, bollinger_upper=1960.0, bollinger_lower=1960.0))
    assert rows[Family.TREND].sentence == "ATR is 0: the price has not moved"
    assert "no width" in rows[Family.VOLATILITY].sentence
    assert rows[Family.TREND].value == rows[Family.VOLATILITY].value == 0


@pytest.mark.parametrize(
    ("ratio", "value", "effect"),
    [
        (2.0, 1.0, "confirms"),
        (1.25, 0.25, "confirms"),
        (1.0, 0.0, "adds nothing to"),
        (0.75, -0.5, "weakens"),
        (0.1, -1.0, "weakens"),
    ],
)
def test_volume_confirms_or_weakens_what_the_others_say(
    make_bar: MakeBar, ratio: float, value: float, effect: str
) -> None:
    bar = make_bar(volume=VolumeAnalysis(1.0, ratio, ratio, ""))
    row = evidence(bar)[Family.VOLUME]
    assert row.value == value
    assert row.sentence == f"volume at {ratio:.2f} × its average {effect} the others"


@given(ratio=st.floats(0, 10), rsi=st.floats(0, 100))
def test_volume_never_turns_what_the_others_say(
    make_bar: MakeBar, ratio: float, rsi: float
) -> None:
    quiet = make_bar(rsi=rsi, macd_histogram=-2.0, patterns=(), prediction=None)
    bar = replace(quiet, volume=VolumeAnalysis(1.0, ratio, ratio, ""))
    *others, volume = (row.points for row in evidence(bar).values())
    score = sum(others)
    assert abs(volume) <= abs(score)
    assert score * (score + volume) >= 0
