from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trading_core.indicators.macd import MACD, macd
from trading_core.indicators.values import FloatArray

closes = st.lists(st.floats(1e-6, 1e6), max_size=80).map(np.array)


def test_it_is_the_distance_of_two_averages_as_tradingview_computes_it(
    random_walk: Callable[..., FloatArray],
) -> None:
    """Pine's `ta.macd`: each EMA seeded by its own mean; TA-Lib's later seed is gone by bar 200."""
    close = random_walk(600, seed=7)
    fast, slow = _ema(close.tolist(), 12), _ema(close.tolist(), 26)
    line = [one - other for one, other in zip(fast[14:], slow, strict=True)]
    signal = _ema(line, 9)
    found_line, found_signal, found_histogram = macd(close)
    warm = MACD.warm_bars - 1
    assert found_line[warm:] == pytest.approx(line[warm - 25 :], abs=1e-7)
    assert found_signal[warm:] == pytest.approx(signal[warm - 33 :], abs=1e-7)
    assert found_histogram[warm:].tolist() == (found_line - found_signal)[warm:].tolist()


def test_a_steady_climb_is_as_far_ahead_as_the_averages_lag() -> None:
    """An EMA of n lags a line by (n − 1) / 2 bars: 12.5 − 5.5 = 7 bars between the two."""
    line, signal, histogram = macd(np.arange(1000.0, 2000.0))
    assert (line[-1], signal[-1]) == pytest.approx((7.0, 7.0))
    assert histogram[-1] == pytest.approx(0.0, abs=1e-9)


@given(closes)
def test_nothing_is_there_before_row_33_and_all_three_from_then_on(close: FloatArray) -> None:
    for column in macd(close):
        assert column.shape == close.shape
        assert np.isnan(column[:33]).all()
        assert np.isfinite(column[33:]).all()


def _ema(values: list[float], period: int) -> list[float]:
    averages = [sum(values[:period]) / period]
    for value in values[period:]:
        averages.append(averages[-1] + (value - averages[-1]) * 2 / (period + 1))
    return averages
