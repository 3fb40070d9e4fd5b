from collections.abc import Callable
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trading_core.indicators.ema import EMAS, ema
from trading_core.indicators.values import FloatArray

closes = st.lists(st.floats(1e-6, 1e6), min_size=1, max_size=60).map(np.array)


def test_the_table_of_stockcharts_comes_out() -> None:
    """StockCharts ChartSchool, "Moving Averages", its spreadsheet of a 10-day EMA of INTC."""
    close = np.array(
        [22.2734, 22.1940, 22.0847, 22.1741, 22.1840, 22.1344, 22.2337, 22.4323, 22.2436, 22.2933,
         22.1542, 22.3926, 22.3816, 22.6109, 23.3558, 24.0519, 23.7530, 23.8324, 23.9516, 23.6338,
         23.8225, 23.8722, 23.6537, 23.1870, 23.0976, 23.3260, 22.6805, 23.0976, 22.4025, 22.1725]
    )  # fmt: skip
    published = [
        22.22, 22.21, 22.24, 22.27, 22.33, 22.52, 22.80, 22.97, 23.13, 23.28, 23.34, 23.43, 23.51,
        23.54, 23.47, 23.40, 23.39, 23.26, 23.23, 23.08, 22.92,
    ]  # fmt: skip
    assert np.isnan(ema(close, 10)[:9]).all()
    assert ema(close, 10)[9:] == pytest.approx(published, abs=0.0051)


@pytest.mark.parametrize("period", [9, 21, 50, 200])
def test_it_is_seeded_by_the_plain_mean_as_tradingview_does(
    random_walk: Callable[..., FloatArray], period: int
) -> None:
    """Pine's `ta.ema`, in exact fractions."""
    close = random_walk(260, seed=5, step=1e-2)
    average = sum(map(Fraction, close[:period].tolist()), Fraction()) / period
    expected = [float(average)]
    for price in close[period:].tolist():
        average += (Fraction(price) - average) * 2 / (period + 1)
        average = average.limit_denominator(10**30)
        expected.append(float(average))
    assert ema(close, period)[period - 1 :] == pytest.approx(expected, rel=1e-13)


@given(closes, st.sampled_from([9, 21, 50]))
def test_it_stays_between_the_lowest_and_the_highest_close(close: FloatArray, period: int) -> None:
    values = ema(close, period)
    assert np.isnan(values[: period - 1]).all()
    found = values[period - 1 :]
    rounding = close.max() * 1e-14
    assert (found >= close.min() - rounding).all()
    assert (found <= close.max() + rounding).all()


def test_each_is_warm_after_five_periods() -> None:
    assert {one.names: one.warm_bars for one in EMAS} == {
        ("ema_9",): 45,
        ("ema_21",): 105,
        ("ema_50",): 250,
        ("ema_200",): 1000,
    }
