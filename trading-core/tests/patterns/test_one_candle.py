from collections.abc import Callable

import pytest

from trading_core.candles import Candles
from trading_core.patterns.pattern_type import PatternType

Draw = Callable[..., Candles]
See = Callable[[Candles], dict[PatternType, int]]

HAMMER = (-1.0, 0.25, -3.0, 0.0)
INVERTED_HAMMER = (0.0, 3.0, -0.25, 1.0)


@pytest.mark.parametrize(
    ("bar", "fires"),
    [
        pytest.param((0, 5, -5, 0), True, id="a cross"),
        pytest.param((0, 5, -5, -1), True, id="a body of a tenth of the range"),
        pytest.param((0, 5, -5, -1.125), False, id="a body of more than a tenth"),
        pytest.param((0, 1.125, -1, 0), True, id="a range of more than half the average"),
        pytest.param((0, 1, -1, 0), False, id="a range of half the average"),
        pytest.param((0, 0, 0, 0), False, id="no range at all"),
    ],
)
def test_doji(draw: Draw, see: See, bar: tuple[float, ...], *, fires: bool) -> None:
    assert (PatternType.DOJI in see(draw([bar]))) == fires
    assert (PatternType.DOJI in see(draw([bar], mirrored=True))) == fires


def test_a_doji_asks_nothing_of_the_trend(draw: Draw, see: See) -> None:
    for drop in (-4.0, 0.0, 4.0):
        assert PatternType.DOJI in see(draw([(0, 5, -5, 0)], drop=drop))


@pytest.mark.parametrize(
    ("bar", "drop", "fires"),
    [
        pytest.param(HAMMER, 4, True, id="a hammer that falls"),
        pytest.param((0, 0.25, -3, -1), 4, True, id="a hammer that rises"),
        pytest.param((0, 0, -4, 0), 4, True, id="a dragonfly doji"),
        pytest.param((-1, 0.25, -2.875, 0), 4, False, id="a lower shadow under two bodies"),
        pytest.param((-1, 0.5, -3, 0), 4, False, id="an upper shadow over a tenth of the range"),
        pytest.param((-0.5, 0, -1.75, 0), 4, False, id="a range under half the average"),
        pytest.param(HAMMER, 2.125, True, id="a decline of more than half an average range"),
        pytest.param(HAMMER, 2, False, id="a decline of half an average range"),
        pytest.param(HAMMER, -4, False, id="a rise: a hanging man, which is none of the ten"),
    ],
)
def test_hammer_and_its_mirror_image_the_shooting_star(
    draw: Draw, see: See, bar: tuple[float, ...], drop: float, *, fires: bool
) -> None:
    assert (PatternType.HAMMER in see(draw([bar], drop=drop))) == fires
    mirrored = see(draw([bar], drop=drop, mirrored=True))
    assert (PatternType.SHOOTING_STAR in mirrored) == fires
    assert PatternType.HAMMER not in mirrored


@pytest.mark.parametrize(
    ("bar", "drop", "fires"),
    [
        pytest.param(INVERTED_HAMMER, 4, True, id="an inverted hammer that rises"),
        pytest.param((1, 3, -0.25, 0), 4, True, id="an inverted hammer that falls"),
        pytest.param((0, 2.875, -0.25, 1), 4, False, id="an upper shadow under two bodies"),
        pytest.param((0, 3, -0.5, 1), 4, False, id="a lower shadow over a tenth of the range"),
        pytest.param(INVERTED_HAMMER, 2.125, True, id="a decline of more than half a range"),
        pytest.param(INVERTED_HAMMER, 2, False, id="a decline of half an average range"),
    ],
)
def test_inverted_hammer(
    draw: Draw, see: See, bar: tuple[float, ...], drop: float, *, fires: bool
) -> None:
    assert (PatternType.INVERTED_HAMMER in see(draw([bar], drop=drop))) == fires


def test_the_shape_of_an_inverted_hammer_is_a_shooting_star_after_a_rise(
    draw: Draw, see: See
) -> None:
    assert set(see(draw([INVERTED_HAMMER], drop=4))) == {PatternType.INVERTED_HAMMER}
    assert set(see(draw([INVERTED_HAMMER], drop=-4))) == {PatternType.SHOOTING_STAR}
