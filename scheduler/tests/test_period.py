from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from scheduler_service.period import WEEK, Period
from trading_core.timeframe import DAY_MS, Timeframe


@given(st.integers(0, 4_102_444_800_000))
def test_a_week_begins_on_monday_at_midnight_utc(time_ms: int) -> None:
    began = datetime.fromtimestamp(WEEK.start(time_ms) / 1000, UTC)
    assert (began.isoweekday(), began.hour, began.minute, began.second) == (1, 0, 0, 0)
    assert 0 <= time_ms - WEEK.start(time_ms) < 7 * DAY_MS


@given(st.integers(0, 4_102_444_800_000), st.sampled_from(Timeframe))
def test_bars_are_the_periods_of_a_timeframe(time_ms: int, timeframe: Timeframe) -> None:
    period = Period.of(timeframe)
    assert period.start(time_ms) == timeframe.bar_open(time_ms)
    assert period.next_start(time_ms) == timeframe.next_close(time_ms)


def test_the_next_week_begins_strictly_later() -> None:
    monday = WEEK.start(1_722_807_000_000)
    assert WEEK.next_start(monday) == monday + 7 * DAY_MS
    assert WEEK.next_start(monday - 1) == monday
