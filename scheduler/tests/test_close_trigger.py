from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler_service.close_trigger import (
    CloseTrigger,
    delay_ms,
    first_due_ms,
    next_due_ms,
    to_datetime,
)
from scheduler_service.period import WEEK, Period, daily_at
from service_kit.clock import Clock, ClockState
from trading_core.timeframe import HOUR_MS, MINUTE_MS, Timeframe

EPOCH = 1_722_807_000_000
WALL = 1_790_000_000_000

speeds = st.sampled_from([0.5, 1.0, 7.3, 60.0, 120.0])
periods = st.sampled_from((*map(Period.of, Timeframe), WEEK))
MINUTE = Period.of(Timeframe.M1)
HOUR = Period.of(Timeframe.H1)
DAY = Period.of(Timeframe.D1)


def test_the_delay_is_a_second_and_a_half_but_never_a_fifth_of_a_bar() -> None:
    assert delay_ms(MINUTE, 1.0) == 1_500
    assert delay_ms(MINUTE, 120.0) == pytest.approx(100)
    assert delay_ms(DAY, 120.0) == 1_500


def test_the_first_run_is_for_the_newest_close() -> None:
    state = ClockState(EPOCH + 90_000, WALL, speed=1.0)
    due = first_due_ms(state, MINUTE, WALL + 5_000)
    assert due == WALL - 30_000 + 1_500


def test_the_next_run_is_just_after_the_next_close() -> None:
    state = ClockState(EPOCH, WALL, speed=60.0)
    first = first_due_ms(state, MINUTE, WALL)
    assert first == WALL + 200
    assert next_due_ms(state, MINUTE, first) == WALL + 1_000 + 200


def test_a_clock_that_stands_closes_no_bar() -> None:
    paused = ClockState(EPOCH, None, speed=60.0)
    assert first_due_ms(paused, MINUTE, WALL) is None
    assert next_due_ms(paused, MINUTE, WALL) is None


def test_the_last_bar_of_a_recording_is_collected_and_none_after_it() -> None:
    end = EPOCH + 3 * MINUTE_MS
    state = ClockState(EPOCH, WALL, speed=60.0, end_ms=end)
    due = first_due_ms(state, MINUTE, WALL)
    closes = []
    while due is not None:
        closes.append(Timeframe.M1.bar_open(state.at(due)))
        due = next_due_ms(state, MINUTE, due)
    assert closes == [EPOCH, EPOCH + MINUTE_MS, EPOCH + 2 * MINUTE_MS, end]


def test_a_recording_that_has_ended_already_is_collected_once() -> None:
    state = ClockState(EPOCH, WALL, speed=60.0, end_ms=EPOCH + HOUR_MS // 2)
    due = first_due_ms(state, HOUR, WALL + 10_000_000)
    assert due is not None
    assert next_due_ms(state, HOUR, due) is None


@given(st.integers(0, 10_000_000), speeds, periods, st.integers(0, 500_000))
def test_no_end_is_skipped_and_none_comes_twice(
    epoch: int, speed: float, period: Period, wall: int
) -> None:
    state = ClockState(EPOCH + epoch, WALL, speed)
    due, ends = first_due_ms(state, period, WALL + wall), list[int]()
    for _ in range(5):
        assert due is not None
        due = to_datetime(due).timestamp() * 1000  # as APScheduler keeps it: whole microseconds
        ends.append(period.start(state.at(due)))
        due = next_due_ms(state, period, due)
    first = period.start(state.at(WALL + wall))
    assert ends == [first + n * period.duration_ms for n in range(5)]


def test_apscheduler_is_given_datetimes_and_the_clock_of_the_moment(tmp_path: Path) -> None:
    path = tmp_path / "clock.json"
    ClockState(EPOCH, None, speed=60.0).write(path)
    wall = [float(WALL)]
    trigger = CloseTrigger(Clock(path, lambda: wall[0]), MINUTE)
    now = datetime.fromtimestamp(WALL / 1000, UTC)
    assert trigger.get_next_fire_time(None, now) is None
    ClockState(EPOCH, WALL, speed=60.0).write(path)
    wall[0] += 1_000
    first = trigger.get_next_fire_time(None, now)
    assert first == to_datetime(WALL + 200)
    assert trigger.get_next_fire_time(first, now) == to_datetime(WALL + 1_200)


def test_a_daily_job_of_the_wall_waits_at_first_and_then_comes_once_a_day(tmp_path: Path) -> None:
    path = tmp_path / "clock.json"
    ClockState(EPOCH, None, speed=60.0).write(path)
    trigger = CloseTrigger(Clock(path), daily_at(2, first_wait_minutes=10))
    noon = datetime(2026, 3, 1, 12, tzinfo=UTC)
    first = trigger.get_next_fire_time(None, noon)
    assert first == datetime(2026, 3, 1, 12, 10, tzinfo=UTC)
    second = trigger.get_next_fire_time(first, first)
    assert second == datetime(2026, 3, 2, 2, 0, 1, 500_000, tzinfo=UTC)
    third = trigger.get_next_fire_time(second, second)
    assert third == datetime(2026, 3, 3, 2, 0, 1, 500_000, tzinfo=UTC)


def test_a_start_just_before_a_daily_job_does_not_make_it_late() -> None:
    trigger = CloseTrigger(Clock(), daily_at(2, first_wait_minutes=10))
    start = datetime(2026, 3, 1, 1, 55, tzinfo=UTC)
    due = trigger.get_next_fire_time(None, start)
    assert due == datetime(2026, 3, 1, 2, 0, 1, 500_000, tzinfo=UTC)
