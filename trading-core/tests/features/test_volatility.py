from collections.abc import Callable

import pytest

from trading_core.candles import Candles
from trading_core.features.feature import Feature
from trading_core.features.volatility import VOLATILITY, mean_range, realised_volatility

Hours = Callable[..., Candles]
Values = Callable[[Feature, Candles], list[float]]


def test_volatility_is_the_root_mean_square_of_the_changes(hours: Hours, values: Values) -> None:
    candles = hours([(close, close, close, close) for close in (100.0, 103.0, 98.88)])
    # Changes of +3 % and −4 %: √((9 + 16) / 2) %.
    assert values(realised_volatility(2), candles)[2] == pytest.approx(12.5**0.5 / 100)


def test_the_mean_range_is_a_share_of_each_bars_close(hours: Hours, values: Values) -> None:
    candles = hours([(100, 110, 90, 100), (100, 104, 96, 80 + 20)])
    assert values(mean_range(1), candles) == pytest.approx([0.2, 0.08])
    assert values(mean_range(2), candles)[1] == pytest.approx(0.14)


def test_the_atr_is_taken_as_a_share_of_the_close(hours: Hours, values: Values) -> None:
    candles = hours([(100, 101, 99, 100)] * 210)
    atr_share = next(one for one in VOLATILITY if one.name == "atr_share")
    assert values(atr_share, candles)[-1] == pytest.approx(0.02)
