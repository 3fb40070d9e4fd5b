from collections.abc import Callable

import numpy as np

from trading_core.candles import Candles
from trading_core.features.higher_bars import HigherBars

Hours = Callable[..., Candles]


def rising(hours: Hours, opened: range | list[int]) -> Candles:
    """Each hour's close is its number, its range from ten below that to ten above."""
    bars = [(100.0 + hour, 110.0 + hour, 90.0 + hour, 100.0 + hour) for hour in opened]
    return hours(bars, opened)


def test_a_higher_bar_is_known_from_the_close_of_its_last_bar_on(hours: Hours) -> None:
    higher = HigherBars.of(rising(hours, range(3, 14)), 4)
    known = higher.known(higher.close)
    # Hour 3 is in a bar that began before; 4 to 7 and 8 to 11 are whole; 12 has begun.
    np.testing.assert_array_equal(known, [*[np.nan] * 4, 107, 107, 107, 107, 111, 111, 111])
    np.testing.assert_array_equal(higher.known(higher.high)[4:8], [117] * 4)
    np.testing.assert_array_equal(higher.known(higher.low)[4:8], [94] * 4)


def test_the_bar_in_which_the_candles_begin_is_not_used_even_if_whole(hours: Hours) -> None:
    higher = HigherBars.of(rising(hours, range(8)), 4)
    np.testing.assert_array_equal(higher.known(higher.close), [*[np.nan] * 7, 107])


def test_an_outage_leaves_a_higher_bar_of_what_there_is_or_none(hours: Hours) -> None:
    # Of hours 4 to 7 the last is missing, of 8 to 11 all.
    higher = HigherBars.of(rising(hours, [0, 1, 2, 3, 4, 5, 6, 12, 13]), 4)
    np.testing.assert_array_equal(higher.known(higher.close), [*[np.nan] * 7, 106, 106])


def test_candles_within_one_higher_bar_know_none(hours: Hours) -> None:
    higher = HigherBars.of(rising(hours, range(1, 4)), 4)
    assert np.isnan(higher.known(higher.close)).all()
