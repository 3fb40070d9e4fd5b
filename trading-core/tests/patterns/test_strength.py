from collections.abc import Callable

import numpy as np
import pytest

from trading_core.candles import Candles
from trading_core.patterns.pattern_type import PatternType
from trading_core.patterns.strength import Measures, strength

Draw = Callable[..., Candles]
See = Callable[[Candles], dict[PatternType, int]]

WEAKEST_DOJI = (0.0, 5.0, -5.0, -1.0)
CROSS = (0.0, 5.0, -5.0, 0.0)


@pytest.mark.parametrize(
    ("bar", "drop", "volume", "expected"),
    [
        pytest.param(WEAKEST_DOJI, 0, 0, 1, id="everything only just kept"),
        pytest.param(CROSS, 0, 0, 50, id="geometry alone: 1 + 99 × 0.5"),
        pytest.param(WEAKEST_DOJI, 8, 0, 30, id="trend alone: 1 + 99 × 0.3"),
        pytest.param(WEAKEST_DOJI, -8, 0, 30, id="a doji's trend counts either way"),
        pytest.param(WEAKEST_DOJI, 0, 300, 20, id="volume alone: 1 + 99 × 0.2"),
        pytest.param(CROSS, 8, 300, 100, id="everything"),
        pytest.param(CROSS, 800, 3000, 100, id="more than everything"),
        pytest.param((0, 5, -5, -0.5), 4, 150, 50, id="half of everything"),
    ],
)
def test_strength_of_a_doji_adds_up(
    draw: Draw, see: See, bar: tuple[float, ...], drop: float, volume: float, expected: int
) -> None:
    assert see(draw([bar], drop=drop, volume=volume))[PatternType.DOJI] == expected


def test_a_hammer_is_stronger_the_longer_its_shadow_and_the_decline(draw: Draw, see: See) -> None:
    def hammer(low: float, drop: float) -> int:
        return see(draw([(-1, 0.25, low, 0)], drop=drop))[PatternType.HAMMER]

    assert hammer(-3, 4) < hammer(-6, 4) < hammer(-6, 8)


def test_a_market_that_stood_still_gives_no_more_than_geometry() -> None:
    nothing = np.zeros(1)
    found = Measures(
        geometry=np.ones(1),
        drop=nothing,
        needed_drop=nothing,
        average_range=nothing,
        volume=np.ones(1),
        average_volume=nothing,
    )
    assert strength(found).tolist() == [50]
