import numpy as np
import pytest

from ml_service.training.history_range import first_wanted_ms, known_since
from service_kit.coverage_queries import Reach
from trading_core.candles import Candles
from trading_core.symbol import Symbol
from trading_core.time_range import TimeRange
from trading_core.timeframe import HOUR_MS, WINDOW_BARS, Timeframe

FIRST = 480_000


def bars(*numbers: int) -> Candles:
    """That open so many hours after the epoch."""
    flat = np.full(len(numbers), 100.0)
    times = np.array(numbers) * HOUR_MS
    names = ("open", "high", "low", "close", "volume")
    columns = {"timestamp": times, **dict.fromkeys(names, flat)}
    return Candles.from_columns(Symbol("ETH", "USDT"), Timeframe.H1, columns)


CANDLES = bars(FIRST, FIRST + 1, FIRST + 5, FIRST + 6, FIRST + 9)


def since(backfilled_from: int | None, *outages: TimeRange, asked: int | None = None) -> int:
    """In hours after the first bar."""
    from_ms = None if backfilled_from is None else (FIRST + backfilled_from) * HOUR_MS
    asked_ms = None if asked is None else (FIRST + asked) * HOUR_MS
    found = known_since(CANDLES, outages, Reach(None, from_ms), asked_ms)
    return found // HOUR_MS - FIRST


def outage(first: int, end: int) -> TimeRange:
    return TimeRange((FIRST + first) * HOUR_MS, (FIRST + end) * HOUR_MS)


def test_known_history_begins_after_the_last_gap_that_nobody_asked_for() -> None:
    assert since(7) == 5
    assert since(9) == 9


def test_a_gap_in_what_was_asked_for_is_a_hole_and_ends_nothing() -> None:
    assert since(2) + FIRST == 0
    assert since(0) + FIRST == 0


def test_a_recorded_outage_ends_nothing() -> None:
    assert since(9, outage(2, 5), outage(7, 9)) + FIRST == 0
    assert since(9, outage(7, 9)) == 5


def test_where_nobody_watches_everything_that_is_missing_is_a_hole() -> None:
    assert since(None) + FIRST == 0


def test_whoever_says_since_when_asks_for_everything_since_then() -> None:
    assert since(9, asked=6) == 5
    assert since(9, asked=2) + FIRST == 0


@pytest.mark.parametrize("rows", [1, 500, 2_000, 10_000])
def test_so_many_rows_find_their_windows_in_what_is_read(rows: int) -> None:
    until_ms = (FIRST + 777) * HOUR_MS
    first_ms = first_wanted_ms(Timeframe.H1, until_ms, rows, None)
    assert first_ms % (WINDOW_BARS * HOUR_MS) == 0
    earliest_row_ms = until_ms - 2 * rows * HOUR_MS
    assert Timeframe.H1.window_start(earliest_row_ms) == first_ms


def test_the_window_of_the_first_row_that_was_asked_for_is_read_too() -> None:
    until_ms = FIRST * HOUR_MS
    since_ms = until_ms - 5_000 * HOUR_MS
    window_ms = Timeframe.H1.window_start(since_ms)
    assert first_wanted_ms(Timeframe.H1, until_ms, None, since_ms) == window_ms
    assert first_wanted_ms(Timeframe.H1, until_ms, 100_000, since_ms) == window_ms
    assert first_wanted_ms(Timeframe.H1, until_ms, None, None) == 0
    assert first_wanted_ms(Timeframe.D1, 10, 10**6, None) == 0
