import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trading_core.scorecard.kept_points import kept_points

curves = st.lists(st.floats(-100, 100), min_size=1, max_size=200)


@given(curves, st.integers(4, 60))
def test_first_last_highest_and_lowest_are_kept_within_the_limit(
    curve: list[float], most: int
) -> None:
    values = np.array(curve)
    rows = kept_points(values, most)
    assert len(rows) <= most
    assert (np.diff(rows) > 0).all()
    assert (rows[0], rows[-1]) == (0, len(curve) - 1)
    assert (values[rows].max(), values[rows].min()) == (values.max(), values.min())


@given(curves, st.integers(4, 60))
def test_each_stretch_ends_with_the_extremes_of_the_curve_so_far(
    curve: list[float], most: int
) -> None:
    values = np.array(curve)
    rows = kept_points(values, most)
    for stretch in np.array_split(np.arange(len(values)), (most - 2) // 2):
        if len(stretch):
            end = stretch[-1] + 1
            assert values[rows[rows < end]].max() == values[:end].max()
            assert values[rows[rows < end]].min() == values[:end].min()


@pytest.mark.parametrize("count", [1, 2, 4])
def test_a_curve_with_room_for_all_keeps_all(count: int) -> None:
    assert kept_points(np.arange(count) * 1.0, 10).tolist() == list(range(count))
