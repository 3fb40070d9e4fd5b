import pytest
from hypothesis import given
from hypothesis import strategies as st

from trading_core.timeframe import DAY_MS, HOUR_MS, MINUTE_MS, WINDOW_BARS, Timeframe

timeframes = st.sampled_from(Timeframe)
times_ms = st.integers(min_value=0, max_value=4_102_444_800_000)
MIDNIGHT_MS = 1_722_816_000_000
"""2024-08-05T00:00Z"""


@pytest.mark.parametrize(
    ("timeframe", "minutes"),
    [("1m", 1), ("5m", 5), ("15m", 15), ("30m", 30), ("1h", 60), ("4h", 240), ("1d", 1440)],
)
def test_a_timeframe_is_read_from_its_text(timeframe: str, minutes: int) -> None:
    assert Timeframe(timeframe).duration_ms == minutes * MINUTE_MS
    assert str(Timeframe(timeframe)) == timeframe


def test_every_timeframe_divides_the_day() -> None:
    assert all(DAY_MS % timeframe.duration_ms == 0 for timeframe in Timeframe)


@given(timeframes, times_ms)
def test_a_time_lies_in_exactly_one_bar(timeframe: Timeframe, time_ms: int) -> None:
    opened = timeframe.bar_open(time_ms)
    assert timeframe.is_aligned(opened)
    assert opened <= time_ms < timeframe.next_close(time_ms)
    assert timeframe.next_close(time_ms) - opened == timeframe.duration_ms


@given(timeframes, times_ms)
def test_a_bar_has_not_closed_before_its_close(timeframe: Timeframe, now_ms: int) -> None:
    newest = timeframe.last_closed_open(now_ms)
    assert newest + timeframe.duration_ms <= now_ms < newest + 2 * timeframe.duration_ms


def test_a_bar_is_closed_at_the_instant_of_its_close() -> None:
    assert Timeframe.H1.last_closed_open(MIDNIGHT_MS) == MIDNIGHT_MS - HOUR_MS
    assert Timeframe.H1.last_closed_open(MIDNIGHT_MS - 1) == MIDNIGHT_MS - 2 * HOUR_MS
    assert Timeframe.H1.next_close(MIDNIGHT_MS) == MIDNIGHT_MS + HOUR_MS


@given(timeframes, times_ms, st.integers(min_value=0, max_value=10_000))
def test_as_many_bars_lie_between_as_were_stepped(
    timeframe: Timeframe, time_ms: int, bars: int
) -> None:
    first = timeframe.bar_open(time_ms)
    assert timeframe.bars_between(first, first + bars * timeframe.duration_ms) == bars


def test_no_bar_lies_in_an_empty_or_too_short_range() -> None:
    assert Timeframe.H1.bars_between(MIDNIGHT_MS, MIDNIGHT_MS) == 0
    assert Timeframe.H1.bars_between(MIDNIGHT_MS, MIDNIGHT_MS + HOUR_MS - 1) == 0
    assert Timeframe.H1.bars_between(MIDNIGHT_MS, MIDNIGHT_MS - HOUR_MS) == 0


@given(timeframes, times_ms)
def test_a_window_holds_between_one_and_two_times_the_window_length(
    timeframe: Timeframe, time_ms: int
) -> None:
    bar_open = timeframe.bar_open(time_ms)
    start = timeframe.window_start(bar_open)
    history = timeframe.bars_between(start, bar_open)
    assert timeframe.is_aligned(start)
    assert history < 2 * WINDOW_BARS
    assert history >= WINDOW_BARS or start == 0


@given(timeframes, times_ms)
def test_bars_of_one_block_share_their_window_start(timeframe: Timeframe, time_ms: int) -> None:
    block_ms = WINDOW_BARS * timeframe.duration_ms
    first_of_block = time_ms // block_ms * block_ms
    last_of_block = first_of_block + block_ms - timeframe.duration_ms
    start = timeframe.window_start(first_of_block)
    assert timeframe.window_start(last_of_block) == start
    assert timeframe.window_start(first_of_block + block_ms) > start or first_of_block == 0


def test_a_window_is_cut_at_the_first_bar_that_the_exchange_has() -> None:
    listed_ms = 1_502_928_000_000
    a_year_on_ms = listed_ms + 365 * DAY_MS
    assert Timeframe.D1.window_start(a_year_on_ms, listed_ms) == listed_ms
    assert Timeframe.M1.window_start(a_year_on_ms, listed_ms) == Timeframe.M1.window_start(
        a_year_on_ms
    )


def test_a_window_never_starts_before_the_epoch() -> None:
    assert Timeframe.D1.window_start(DAY_MS) == 0
