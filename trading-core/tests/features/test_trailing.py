import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trading_core.features.trailing import (
    lagged,
    trailing_highest,
    trailing_lowest,
    trailing_mean,
    trailing_sum,
)

numbers = st.lists(st.floats(-1e6, 1e6), max_size=80).map(np.array)
bars = st.integers(1, 70)


@given(numbers, bars)
def test_each_bar_has_the_sum_the_highest_and_the_lowest_of_the_last_ones(
    values: np.ndarray, bars: int
) -> None:
    sums, highest = trailing_sum(values, bars), trailing_highest(values, bars)
    means, lowest = trailing_mean(values, bars), trailing_lowest(values, bars)
    assert all(len(one) == len(values) for one in (sums, means, highest, lowest))
    for row in range(len(values)):
        last = values[max(0, row - bars + 1) : row + 1]
        if len(last) < bars:
            assert all(math.isnan(one[row]) for one in (sums, means, highest, lowest))
            continue
        assert sums[row] == pytest.approx(math.fsum(last), abs=1e-6)
        assert means[row] == pytest.approx(math.fsum(last) / bars, abs=1e-6)
        assert (highest[row], lowest[row]) == (last.max(), last.min())


@given(numbers, bars, st.integers(0, 79), st.integers(0, 79))
def test_where_the_values_begin_and_end_changes_no_bit(
    values: np.ndarray, bars: int, start: int, end: int
) -> None:
    whole, part = trailing_sum(values, bars), trailing_sum(values[start:end], bars)
    known = ~np.isnan(part)
    assert whole[start:end][known].tobytes() == part[known].tobytes()
    assert known.sum() == max(0, len(part) - bars + 1)


def test_a_lagged_value_is_that_of_an_earlier_bar() -> None:
    values = np.array([1.0, 2.0, 3.0])
    np.testing.assert_array_equal(lagged(values, 2), [np.nan, np.nan, 1.0])
    np.testing.assert_array_equal(lagged(values, 5), [np.nan] * 3)
