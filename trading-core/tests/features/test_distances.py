import math
from collections.abc import Callable

import pytest

from trading_core.candles import Candles
from trading_core.features.distances import DISTANCES
from trading_core.features.feature import Feature
from trading_core.indicators.snapshot import indicator_snapshot

Hours = Callable[..., Candles]
Values = Callable[[Feature, Candles], list[float]]
BY_NAME = {one.name: one for one in DISTANCES}


def test_the_distance_from_an_average_is_measured_in_atr(hours: Hours, values: Values) -> None:
    candles = hours([*[(100.0, 101.0, 99.0, 100.0)] * 249, (100.0, 104.0, 99.0, 103.0)])
    # The EMA of 9 moves a fifth of the way, 0.6; the ATR a fourteenth of it, from 2 to 2 + 3/14.
    atr = 2 + 3 / 14
    assert values(BY_NAME["ema_9_distance"], candles)[-1] == pytest.approx(2.4 / atr)
    assert values(BY_NAME["ema_50_distance"], candles)[-1] == pytest.approx((3 - 6 / 51) / atr)
    vwap = indicator_snapshot(candles).vwap or 0
    assert values(BY_NAME["vwap_distance"], candles)[-1] == pytest.approx((103 - vwap) / atr)


def test_the_position_is_the_place_in_the_range_of_the_last_bars(
    hours: Hours, values: Values
) -> None:
    candles = hours([(50, 120, 40, 50), *[(100, 110, 90, 100)] * 22, (100, 110, 90, 105)])
    place = values(BY_NAME["position_24"], candles)
    assert place[-1] == pytest.approx((105 - 40) / (120 - 40))
    assert math.isnan(values(BY_NAME["position_24"], candles[1:])[-1])


def test_a_market_that_stands_still_is_in_the_middle(hours: Hours, values: Values) -> None:
    candles = hours([(100, 100, 100, 100)] * 30)
    assert values(BY_NAME["position_24"], candles)[-1] == 0.5
