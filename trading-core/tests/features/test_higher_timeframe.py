import math
from collections.abc import Callable

import numpy as np
import pytest

from trading_core.candles import Candles
from trading_core.features.feature import Feature
from trading_core.features.higher_timeframe import HIGHER_TIMEFRAME

Hours = Callable[..., Candles]
Values = Callable[[Feature, Candles], list[float]]
BY_NAME = {one.name: one for one in HIGHER_TIMEFRAME}


@pytest.fixture(scope="module")
def three_and_a_half(hours: Hours) -> Candles:
    """Four-hour bars that close at 100, 110, 99 and one that has had two of its hours."""
    closes = [100.0] * 4 + [110.0] * 4 + [99.0] * 4 + [104.0] * 2
    return hours([(close, close + 1, close - 1, close) for close in closes])


def test_what_is_said_of_the_newest_closed_higher_bar(
    three_and_a_half: Candles, values: Values
) -> None:
    def last(name: str) -> float:
        return values(BY_NAME[name], three_and_a_half)[-1]

    assert last("higher_4_return") == pytest.approx(-0.1)
    assert last("higher_4_move_since") == pytest.approx(5 / 99)
    assert last("higher_4_range") == pytest.approx(2 / 99)
    assert last("higher_4_position") == pytest.approx((104 - 98) / 2)


def test_means_need_six_closed_higher_bars(hours: Hours, values: Values) -> None:
    closes = [float(100 + bar // 4) for bar in range(28)]
    candles = hours([(close, close + 2, close - 2, close) for close in closes])
    ranges = values(BY_NAME["higher_4_mean_range"], candles)
    # The very first bar of the candles is not used: 101 to 106 are.
    assert ranges[-1] == pytest.approx(sum(4 / close for close in range(101, 107)) / 6)
    assert values(BY_NAME["higher_4_trend"], candles)[-1] == pytest.approx(106 / 103.5 - 1)
    assert math.isnan(ranges[-2])  # the sixth has not closed


def test_a_higher_bar_that_is_still_open_is_not_seen(
    three_and_a_half: Candles, values: Values
) -> None:
    rows = three_and_a_half.rows()
    rows[-2][2] = 1000.0  # the high of an hour of the open four-hour bar
    spiked = Candles.from_rows(three_and_a_half.symbol, three_and_a_half.timeframe, rows)
    for feature in HIGHER_TIMEFRAME:
        before, after = values(feature, three_and_a_half), values(feature, spiked)
        np.testing.assert_array_equal(before, after)
