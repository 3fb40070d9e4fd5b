from collections.abc import Callable

import pytest

from trading_core.candles import Candles
from trading_core.patterns.pattern_type import PatternType

Draw = Callable[..., Candles]
See = Callable[[Candles], dict[PatternType, int]]
Bars = list[tuple[float, float, float, float]]

FALL = (0.0, 0.5, -4.5, -4.0)
STAR = (-4.0, -3.5, -5.5, -4.5)
RISE = (-4.5, -1.0, -5.0, -2.0)

STARS = [
    pytest.param([FALL, STAR, RISE], 4, True, id="back to the middle of the first body"),
    pytest.param([FALL, STAR, (-4.5, -1, -5, -2.125)], 4, False, id="not quite to the middle"),
    pytest.param([FALL, (-4, -3.5, -5.5, -5.125), RISE], 4, True, id="a star of under 30 %"),
    pytest.param([FALL, (-4, -3.5, -5.5, -5.25), RISE], 4, False, id="a star of over 30 %"),
    pytest.param([FALL, (-3.625, -3.5, -5.5, -4), RISE], 4, True, id="the star opens joined"),
    pytest.param([FALL, (-3.5, -3.5, -5.5, -4), RISE], 4, False, id="the star opens inside"),
    pytest.param(
        [(0, 0.5, -2, -1), (-1, -0.5, -1.5, -1.25), (-1.25, 1, -1.5, 0)],
        4,
        False,
        id="a first body of only the average",
    ),
    pytest.param(
        [FALL, (-4, -3.5, -5.5, -5), (-2.875, -1, -4, -1.75)], 4, True, id="longer than the star"
    ),
    pytest.param(
        [FALL, (-4, -3.5, -5.5, -5), (-2.875, -1, -4, -1.875)],
        4,
        False,
        id="no longer than the star",
    ),
    pytest.param([FALL, STAR, (-1, 1, -5, -2)], 4, False, id="the third falls"),
    pytest.param([FALL, STAR, RISE], 2.125, True, id="a decline of more than half a range"),
    pytest.param([FALL, STAR, RISE], 2, False, id="a decline of half an average range"),
]

MARCH = [(0.0, 2.5, -0.25, 2.0), (1.5, 4.0, 1.0, 3.5), (3.0, 5.5, 2.5, 5.0)]

SOLDIERS = [
    pytest.param(MARCH, 0, True, id="three long rising bodies"),
    pytest.param(MARCH, 8, True, id="after a decline"),
    pytest.param(MARCH, -1.875, True, id="after hardly a rise"),
    pytest.param(MARCH, -2, False, id="after a rise of half an average range"),
    pytest.param([*MARCH[:2], (3, 5.625, 2.5, 5)], 0, False, id="an upper shadow over 30 %"),
    pytest.param([MARCH[0], (0, 4, 0, 3.5), MARCH[2]], 0, True, id="opens where the first did"),
    pytest.param(
        [MARCH[0], (-0.125, 4, -1, 3.5), MARCH[2]], 0, False, id="opens below the first's open"
    ),
    pytest.param([*MARCH[:2], (3.875, 6, 3.5, 6)], 0, True, id="opens a little above: joined"),
    pytest.param([*MARCH[:2], (4, 6, 3.5, 6)], 0, False, id="opens with a gap"),
    pytest.param([*MARCH[:2], (1.5, 3.5, 1, 3.5)], 0, False, id="does not close higher"),
    pytest.param([*MARCH[:2], (3, 4, 1.5, 4)], 0, False, id="a body under the average"),
    pytest.param([*MARCH[:2], (5, 5.5, 2.5, 3)], 0, False, id="one falls"),
]


@pytest.mark.parametrize(("bars", "drop", "fires"), STARS)
def test_morning_and_evening_star(
    draw: Draw, see: See, bars: Bars, drop: float, *, fires: bool
) -> None:
    assert (PatternType.MORNING_STAR in see(draw(bars, drop=drop))) == fires
    assert (PatternType.EVENING_STAR in see(draw(bars, drop=drop, mirrored=True))) == fires


@pytest.mark.parametrize(("bars", "drop", "fires"), SOLDIERS)
def test_soldiers_and_crows(draw: Draw, see: See, bars: Bars, drop: float, *, fires: bool) -> None:
    upright = see(draw(bars, drop=drop))
    mirrored = see(draw(bars, drop=drop, mirrored=True))
    assert (PatternType.THREE_WHITE_SOLDIERS in upright) == fires
    assert (PatternType.THREE_BLACK_CROWS in mirrored) == fires
