from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trading_core.indicators.reading import read_indicators
from trading_core.indicators.values import INDICATORS, IndicatorSnapshot
from trading_core.patterns.pattern_type import Direction

COLD = IndicatorSnapshot(opened_at_ms=0, **dict.fromkeys(INDICATORS))
CLOSE = 2000.0
RISING = replace(
    COLD,
    rsi=25.0,
    macd=2.0,
    macd_signal=1.5,
    macd_histogram=0.5,
    ema_9=2010.0,
    ema_21=2005.0,
    ema_50=1990.0,
    ema_200=1900.0,
    bollinger_upper=2100.0,
    bollinger_middle=2050.0,
    bollinger_lower=2001.0,
)
BULLISH, BEARISH, NEUTRAL = Direction.BULLISH, Direction.BEARISH, Direction.NEUTRAL


def test_four_of_one_mind_are_a_full_vote() -> None:
    reading = read_indicators(RISING, CLOSE)
    assert (reading.signal, reading.strength) == (BULLISH, 100)
    assert (reading.rsi.value, reading.rsi.signal) == (25.0, BULLISH)
    macd = reading.macd
    assert (macd.value, macd.signal_line, macd.histogram, macd.signal) == (2.0, 1.5, 0.5, BULLISH)
    assert (reading.ema.ema_200, reading.ema.signal) == (1900.0, BULLISH)
    assert reading.bollinger.position == pytest.approx(-1 / 99)


def test_opposite_readings_cancel_out() -> None:
    reading = read_indicators(replace(RISING, rsi=75.0, macd_histogram=-0.5), CLOSE)
    assert (reading.rsi.signal, reading.macd.signal) == (BEARISH, BEARISH)
    assert (reading.signal, reading.strength) == (NEUTRAL, 0)


@pytest.mark.parametrize(
    ("rsi", "signal"),
    [(29.99, BULLISH), (30.0, NEUTRAL), (50.0, NEUTRAL), (70.0, NEUTRAL), (70.01, BEARISH)],
)
def test_rsi_speaks_only_beyond_30_and_70(rsi: float, signal: Direction) -> None:
    reading = read_indicators(replace(COLD, rsi=rsi), CLOSE)
    assert reading.rsi.signal is signal
    assert reading.strength == (0 if signal is NEUTRAL else 25)


@pytest.mark.parametrize(("histogram", "signal"), [(0.1, BULLISH), (0.0, NEUTRAL), (-0.1, BEARISH)])
def test_macd_speaks_by_the_side_of_its_signal_line(histogram: float, signal: Direction) -> None:
    assert read_indicators(replace(COLD, macd_histogram=histogram), CLOSE).macd.signal is signal


@pytest.mark.parametrize(
    ("averages", "signal"),
    [((3.0, 2.0, 1.0), BULLISH), ((1.0, 2.0, 3.0), BEARISH), ((3.0, 1.0, 2.0), NEUTRAL),
     ((2.0, 2.0, 1.0), NEUTRAL)],
)  # fmt: skip
def test_averages_speak_when_they_stand_in_order(
    averages: tuple[float, float, float], signal: Direction
) -> None:
    fast, middle, slow = averages
    snapshot = replace(COLD, ema_9=fast, ema_21=middle, ema_50=slow)
    assert read_indicators(snapshot, CLOSE).ema.signal is signal


@pytest.mark.parametrize(
    ("close", "signal", "position"),
    [(89.0, BULLISH, -0.05), (90.0, NEUTRAL, 0.0), (100.0, NEUTRAL, 0.5), (111.0, BEARISH, 1.05)],
)
def test_bands_speak_when_the_close_leaves_them(
    close: float, signal: Direction, position: float
) -> None:
    snapshot = replace(COLD, bollinger_upper=110.0, bollinger_middle=100.0, bollinger_lower=90.0)
    reading = read_indicators(snapshot, close).bollinger
    assert reading.signal is signal
    assert reading.position == pytest.approx(position)


def test_bands_that_coincide_have_no_position_between_them() -> None:
    flat = replace(COLD, bollinger_upper=2.5, bollinger_middle=2.5, bollinger_lower=2.5)
    reading = read_indicators(flat, 2.5).bollinger
    assert (reading.position, reading.signal) == (None, NEUTRAL)


def test_nothing_warm_says_nothing() -> None:
    reading = read_indicators(COLD, CLOSE)
    assert (reading.signal, reading.strength) == (NEUTRAL, 0)
    parts = (reading.rsi, reading.macd, reading.ema, reading.bollinger)
    assert all(part.signal is NEUTRAL for part in parts)


maybe = st.none() | st.floats(-1e6, 1e6)


@given(st.fixed_dictionaries(dict.fromkeys(INDICATORS, maybe)), st.floats(1e-6, 1e6))
def test_the_strength_is_what_the_votes_add_up_to(
    values: dict[str, float | None], close: float
) -> None:
    reading = read_indicators(IndicatorSnapshot(opened_at_ms=0, **values), close)
    parts = (reading.rsi, reading.macd, reading.ema, reading.bollinger)
    lead = sum(part.signal.sign for part in parts)
    assert reading.strength == 25 * abs(lead)
    assert reading.signal.sign == (lead > 0) - (lead < 0)
