from collections.abc import Callable
from statistics import fmean, pstdev

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trading_core.indicators.bollinger import bollinger
from trading_core.indicators.values import FloatArray

closes = st.lists(st.integers(1, 10_000_000), max_size=60).map(lambda cents: np.array(cents) / 100)


def test_one_to_twenty_has_its_bands_where_the_formula_puts_them() -> None:
    """Worked by hand: the mean of 1…20 is 10.5, its population variance (20² − 1) / 12 = 33.25."""
    upper, middle, lower = bollinger(np.arange(1.0, 21.0))
    width = 2 * 33.25**0.5
    assert np.isnan(middle[:19]).all()
    assert (upper[19], middle[19], lower[19]) == pytest.approx((10.5 + width, 10.5, 10.5 - width))


def test_the_deviation_is_the_populations(random_walk: Callable[..., FloatArray]) -> None:
    """Python's `statistics.pstdev`, which sums exactly."""
    close = random_walk(300, seed=13)
    upper, middle, lower = bollinger(close)
    for row in range(19, 300):
        window = close[row - 19 : row + 1].tolist()
        assert middle[row] == pytest.approx(fmean(window), rel=1e-13)
        assert upper[row] - lower[row] == pytest.approx(4 * pstdev(window), rel=1e-7)


@given(closes)
def test_the_bands_are_ordered(close: FloatArray) -> None:
    upper, middle, lower = (band[19:] for band in bollinger(close))
    assert (upper >= middle).all()
    assert (middle >= lower).all()


def test_the_bands_of_a_coin_that_costs_next_to_nothing_do_not_collapse(
    random_walk: Callable[..., FloatArray],
) -> None:
    close = random_walk(60, seed=17)
    for band, tiny in zip(bollinger(close), bollinger(close * 2.0**-40), strict=True):
        np.testing.assert_array_equal(tiny, band * 2.0**-40)
