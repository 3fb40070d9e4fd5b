from collections.abc import Callable

import pytest

from trading_core.candles import Candles
from trading_core.patterns.pattern_type import PatternType

Draw = Callable[..., Candles]
See = Callable[[Candles], dict[PatternType, int]]
Bars = list[tuple[float, float, float, float]]

FALL = (0.0, 0.5, -1.5, -1.0)
WRAP = (-1.0, 0.75, -1.5, 0.5)

CASES = [
    pytest.param([FALL, WRAP], 4, True, id="a body that wraps the one before"),
    pytest.param([FALL, (-1, 0.75, -1.5, 0.125)], 4, True, id="just beyond the first's open"),
    pytest.param([FALL, (-1.25, 0.75, -1.5, 0)], 4, False, id="no further than the first's open"),
    pytest.param([FALL, (-0.625, 1, -1.5, 0.5)], 4, True, id="opens a little inside: joined"),
    pytest.param([FALL, (-0.5, 1, -1.5, 1)], 4, False, id="opens inside by more than a tenth"),
    pytest.param(
        [(0, 0.5, -1.5, -0.5), (-0.5, 1, -1.5, 0.25)], 4, False, id="a body under the average"
    ),
    pytest.param([(0, 0.5, -1.5, -0.125), WRAP], 4, False, id="the first is a doji"),
    pytest.param([FALL, (-1, 8, -8, 0.5)], 4, False, id="the second is a doji"),
    pytest.param([(-1, 0.5, -1.5, 0), WRAP], 4, False, id="the first rises too"),
    pytest.param([FALL, WRAP], 2.125, True, id="a decline of more than half an average range"),
    pytest.param([FALL, WRAP], 2, False, id="a decline of half an average range"),
    pytest.param([FALL, WRAP], -4, False, id="a rise before it"),
]


@pytest.mark.parametrize(("bars", "drop", "fires"), CASES)
def test_engulfing_both_ways_up(
    draw: Draw, see: See, bars: Bars, drop: float, *, fires: bool
) -> None:
    upright = see(draw(bars, drop=drop))
    mirrored = see(draw(bars, drop=drop, mirrored=True))
    assert (PatternType.BULLISH_ENGULFING in upright) == fires
    assert (PatternType.BEARISH_ENGULFING in mirrored) == fires
    assert PatternType.BEARISH_ENGULFING not in upright
    assert PatternType.BULLISH_ENGULFING not in mirrored
