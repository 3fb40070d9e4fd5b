from collections.abc import Iterable
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trading_core.indicators.atr import atr

lows_and_heights = st.lists(
    st.tuples(st.integers(1, 1000), st.integers(0, 100), st.integers(0, 100)), max_size=40
)


def test_a_gap_counts_as_range_and_wilder_smooths_it() -> None:
    """Worked by hand: ranges of 2, then one bar that gaps up and spans 4 with a true range of 9."""
    high, low, close = np.full(17, 11.0), np.full(17, 9.0), np.full(17, 10.0)
    high[15], low[15], close[15] = 19.0, 15.0, 18.0
    high[16], low[16], close[16] = 19.0, 17.0, 18.0
    values = atr(high, low, close)
    assert np.isnan(values[:14]).all()
    assert values[14:] == pytest.approx([2.0, 2.5, (2.5 * 13 + 2) / 14], rel=1e-15)


def test_it_is_wilders_average_of_true_ranges_as_tradingview_computes_it() -> None:
    """Pine's `ta.atr` from its second true range on, in decimals."""
    random = np.random.default_rng(11)
    close = np.round(2000 * np.cumprod(1 + random.normal(0, 1e-2, 200)), 2)
    high, low = close + np.round(random.random(200), 2), close - np.round(random.random(200), 2)
    expected = _wilder_decimal(*(map(repr, column.tolist()) for column in (high, low, close)))
    assert atr(high, low, close)[14:] == pytest.approx(expected, rel=1e-12)


@given(lows_and_heights)
def test_it_lies_between_the_smallest_and_the_largest_true_range(
    bars: list[tuple[int, int, int]],
) -> None:
    low = np.array([bar[0] for bar in bars], dtype=float)
    close = low + [bar[1] for bar in bars]
    high = close + [bar[2] for bar in bars]
    values = atr(high, low, close)
    assert np.isnan(values[:14]).all()
    if len(bars) > 14:
        ranges = np.maximum(high[1:], close[:-1]) - np.minimum(low[1:], close[:-1])
        assert (values[14:] >= ranges.min() - 1e-9).all()
        assert (values[14:] <= ranges.max() + 1e-9).all()


def _wilder_decimal(*columns: Iterable[str]) -> list[float]:
    high, low, close = (list(map(Decimal, column)) for column in columns)
    ranges = [
        max(high[row] - low[row], abs(high[row] - close[row - 1]), abs(low[row] - close[row - 1]))
        for row in range(1, len(close))
    ]
    averages = [sum(ranges[:14], Decimal()) / 14]
    for true_range in ranges[14:]:
        averages.append((averages[-1] * 13 + true_range) / 14)
    return [float(average) for average in averages]
