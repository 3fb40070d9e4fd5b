from collections.abc import Callable

import pytest

from trading_core.candles import Candles
from trading_core.features.feature import Feature
from trading_core.features.time_of_week import TIME_OF_WEEK

Hours = Callable[..., Candles]
Values = Callable[[Feature, Candles], list[float]]
FLAT = (1.0, 1.0, 1.0, 1.0)
HOUR_SINE, HOUR_COSINE, WEEKDAY_SINE, WEEKDAY_COSINE = TIME_OF_WEEK


def test_the_hour_is_that_of_the_bars_close(hours: Hours, values: Values) -> None:
    candles = hours([FLAT] * 3, [5, 17, 23])  # closing at 6, 18 and 24 o'clock
    assert values(HOUR_SINE, candles) == pytest.approx([1, -1, 0])
    assert values(HOUR_COSINE, candles) == pytest.approx([0, 0, 1], abs=1e-15)


def test_the_week_begins_on_monday(hours: Hours, values: Values) -> None:
    # The epoch was a Thursday: the bar that closes four days later closes as Monday begins.
    candles = hours([FLAT] * 2, [4 * 24 - 1, 4 * 24 + 6 * 24])
    assert (values(WEEKDAY_SINE, candles)[0], values(WEEKDAY_COSINE, candles)[0]) == (0.0, 1.0)
    assert values(WEEKDAY_COSINE, candles)[1] == pytest.approx(0.6234898)  # Sunday: cos(6/7 · 2π)
