from collections.abc import Callable
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trading_core.candles import Candles
from trading_core.indicators.vwap import rolling_vwap, session_vwap
from trading_core.symbol import Symbol
from trading_core.timeframe import DAY_MS, HOUR_MS, Timeframe

MIDNIGHT_MS = 1_722_816_000_000
"""2024-08-05T00:00Z"""
RandomCandles = Callable[..., Candles]


def hours(*bars: tuple[int, float, float, float, float]) -> Candles:
    """Of (hour since midnight, high, low, close, volume); a bar opens where it closes."""
    rows = [
        (MIDNIGHT_MS + hour * HOUR_MS, close, high, low, close, volume)
        for hour, high, low, close, volume in bars
    ]
    return Candles.from_rows(Symbol("ETH", "USDT"), Timeframe.H1, rows)


def test_typical_prices_are_weighted_by_volume_since_midnight() -> None:
    """Worked by hand: 11 · 1, then (11 + 20 · 3) / 4, then (71 + 14 · 4) / 8; a new day: 30."""
    candles = hours((0, 12, 10, 11, 1), (1, 22, 18, 20, 3), (2, 15, 13, 14, 4), (24, 33, 27, 30, 5))
    assert session_vwap(candles).tolist() == [11.0, 17.75, 15.875, 30.0]


def test_a_bar_without_volume_changes_nothing_and_a_day_without_any_has_none() -> None:
    candles = hours((0, 12, 10, 11, 0), (1, 12, 10, 11, 2), (2, 99, 97, 98, 0), (24, 9, 9, 9, 0))
    assert session_vwap(candles).tolist() == pytest.approx(
        [np.nan, 11.0, 11.0, np.nan], nan_ok=True
    )


def test_a_day_entered_after_midnight_has_none_unless_the_market_began_there() -> None:
    candles = hours((5, 12, 10, 11, 1), (23, 12, 10, 11, 1), (24, 33, 27, 30, 5))
    assert np.isnan(session_vwap(candles)).tolist() == [True, True, False]
    assert session_vwap(candles, candles.first_open_ms).tolist() == [11.0, 11.0, 30.0]


def test_an_outage_at_midnight_lets_the_day_begin_late() -> None:
    candles = hours((0, 12, 10, 11, 1), (26, 33, 27, 30, 5), (28, 33, 27, 30, 5))
    assert session_vwap(candles).tolist() == [11.0, 30.0, 30.0]


def test_no_bars_have_no_vwap() -> None:
    empty = Candles.empty(Symbol("ETH", "USDT"), Timeframe.M1)
    assert session_vwap(empty).shape == (0,)
    assert rolling_vwap(empty, 3).shape == (0,)


@pytest.mark.parametrize("timeframe", [Timeframe.M1, Timeframe.H1, Timeframe.D1])
def test_it_is_the_exact_average_of_every_day(
    random_candles: RandomCandles, timeframe: Timeframe
) -> None:
    candles = random_candles(200, timeframe=timeframe, missing=[3, 4, 90])
    day, value, volume = -1, Fraction(), Fraction()
    expected = []
    for opened_ms, _, *prices, traded in candles.rows():
        if opened_ms // DAY_MS != day:
            day, value, volume = int(opened_ms // DAY_MS), Fraction(), Fraction()
        value += sum(map(Fraction, prices), Fraction()) / 3 * Fraction(traded)
        volume += Fraction(traded)
        expected.append(float(value / volume) if volume else float("nan"))
    found = session_vwap(candles, candles.first_open_ms)
    assert found.tolist() == pytest.approx(expected, rel=1e-13, nan_ok=True)


@given(start=st.integers(0, 3000))
def test_it_is_the_same_wherever_the_candles_start(
    random_candles: RandomCandles, start: int
) -> None:
    candles = random_candles(4500, missing=range(1400, 1500))
    late = session_vwap(candles[start:])
    warm = ~np.isnan(late)
    assert warm[1440 + 100 :].all()
    assert late[warm].tolist() == session_vwap(candles)[start:][warm].tolist()


def test_the_rolling_one_looks_back_so_many_bars_and_over_midnight() -> None:
    """Worked by hand: (11 · 1 + 20 · 3) / 4, then (20 · 3 + 14 · 1) / 4."""
    candles = hours((22, 12, 10, 11, 1), (23, 22, 18, 20, 3), (24, 15, 13, 14, 1))
    assert rolling_vwap(candles, 2).tolist() == pytest.approx([np.nan, 17.75, 18.5], nan_ok=True)
    assert np.isnan(rolling_vwap(candles, 4)).all()


@given(start=st.integers(0, 200), bars=st.integers(1, 30))
def test_the_rolling_one_does_not_depend_on_where_the_candles_start(
    random_candles: RandomCandles, start: int, bars: int
) -> None:
    candles = random_candles(300)
    late = rolling_vwap(candles[start:], bars)
    np.testing.assert_array_equal(late[bars:], rolling_vwap(candles, bars)[start + bars :])
