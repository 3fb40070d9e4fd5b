from collections.abc import Callable

import pytest

from trading_core.candles import Candles
from trading_core.features.feature import Feature
from trading_core.features.returns import return_over


def test_a_return_is_measured_from_the_close_so_many_bars_ago(
    hours: Callable[..., Candles], values: Callable[[Feature, Candles], list[float]]
) -> None:
    candles = hours([(close, close, close, close) for close in (100.0, 80.0, 90.0, 120.0)])
    assert values(return_over(1), candles)[1:] == pytest.approx([-0.2, 0.125, 1 / 3])
    assert values(return_over(3), candles)[3:] == pytest.approx([0.2])
