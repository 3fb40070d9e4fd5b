from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trading_core.indicators.rsi import rsi
from trading_core.indicators.values import FloatArray

closes = st.lists(st.integers(1, 10_000), min_size=0, max_size=60).map(
    lambda cents: np.array(cents) / 100
)


def test_the_table_of_stockcharts_comes_out() -> None:
    """StockCharts ChartSchool, "Relative Strength Index", its spreadsheet of QQQQ closes."""
    close = np.array(
        [44.3389, 44.0902, 44.1497, 43.6124, 44.3278, 44.8264, 45.0955, 45.4245, 45.8433, 46.0826,
         45.8931, 46.0328, 45.6140, 46.2820, 46.2820, 46.0028, 46.0328, 46.4116, 46.2222, 45.6439,
         46.2122, 46.2521, 45.7137, 46.4515, 45.7835, 45.3548, 44.0288, 44.1783, 44.2181, 44.5672,
         43.4205, 42.6628, 43.1314]
    )  # fmt: skip
    published = [
        70.53, 66.32, 66.55, 69.41, 66.36, 57.97, 62.93, 63.26, 56.06, 62.38, 54.71, 50.42, 39.99,
        41.46, 41.87, 45.46, 37.30, 33.08, 37.77,
    ]  # fmt: skip
    assert np.isnan(rsi(close)[:14]).all()
    assert rsi(close)[14:] == pytest.approx(published, abs=0.005)


def test_it_is_wilders_average_as_tradingview_computes_it(
    random_walk: Callable[..., FloatArray],
) -> None:
    """Pine's `ta.rma`: seeded by the mean, then (previous · 13 + change) / 14, in plain Python."""
    close = random_walk(300, seed=3, step=1e-2)
    changes = np.diff(close).tolist()
    gain = _wilder([max(change, 0.0) for change in changes])
    loss = _wilder([max(-change, 0.0) for change in changes])
    expected = [100 - 100 / (1 + up / down) for up, down in zip(gain, loss, strict=True)]
    assert rsi(close)[14:] == pytest.approx(expected, rel=1e-12)


@given(closes)
def test_it_lies_between_0_and_100(close: FloatArray) -> None:
    values = rsi(close)
    assert values.shape == close.shape
    assert np.isnan(values[:14]).all()
    assert ((values[14:] >= 0) & (values[14:] <= 100) | np.isnan(values[14:])).all()


def test_only_rises_give_100_and_only_falls_give_0() -> None:
    assert rsi(np.arange(1.0, 40))[14:].tolist() == [100.0] * 25
    assert rsi(np.arange(40.0, 1, -1))[14:].tolist() == [0.0] * 25


def test_there_is_none_while_the_price_has_not_moved() -> None:
    close = np.full(40, 2.5)
    assert np.isnan(rsi(close)).all()
    close[30:] = 2.75
    assert np.isnan(rsi(close)[:30]).all()
    assert rsi(close)[30:].tolist() == [100.0] * 10


def test_a_price_that_comes_back_is_not_a_price_that_stands_still() -> None:
    close = np.full(20, 2.5)
    close[3] = 2.75
    assert rsi(close)[14] == pytest.approx(50.0)


def _wilder(changes: list[float]) -> list[float]:
    averages = [sum(changes[:14]) / 14]
    for change in changes[14:]:
        averages.append((averages[-1] * 13 + change) / 14)
    return averages
