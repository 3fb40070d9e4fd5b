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
from service_kit.clock import Clock, ClockState
from trading_core.timeframe import HOUR_MS, MINUTE_MS, Timeframe

EPOCH = 1_722_807_000_000
WALL = 1_790_000_000_000

speeds = st.sampled_from([0.5, 1.0, 7.3, 60.0, 120.0])
timeframes = st.sampled_from(Timeframe)


def test_the_delay_is_a_second_and_a_half_but_never_a_fifth_of_a_bar() -> None:
    assert delay_ms(Timeframe.M1, 1.0) == 1_500
    assert delay_ms(Timeframe.M1, 120.0) == pytest.approx(100)
    assert delay_ms(Timeframe.D1, 120.0) == 1_500


def test_the_first_run_is_for_the_newest_close() -> None:
    state = ClockState(EPOCH + 90_000, WALL, speed=1.0)
    due = first_due_ms(state, Timeframe.M1, WALL + 5_000)
    assert due == WALL - 30_000 + 1_500


def test_the_next_run_is_just_after_the_next_close() -> None:
    state = ClockState(EPOCH, WALL, speed=60.0)
    first = first_due_ms(state, Timeframe.M1, WALL)
    assert first == WALL + 200
    assert next_due_ms(state, Timeframe.M1, first) == WALL + 1_000 + 200


def test_a_clock_that_stands_closes_no_bar() -> None:
    paused = ClockState(EPOCH, None, speed=60.0)
    assert first_due_ms(paused, Timeframe.M1, WALL) is None
    assert next_due_ms(paused, Timeframe.M1, WALL) is None


def test_the_last_bar_of_a_recording_is_collected_and_none_after_it() -> None:
    end = EPOCH + 3 * MINUTE_MS
    state = ClockState(EPOCH, WALL, speed=60.0, end_ms=end)
    due = first_due_ms(state, Timeframe.M1, WALL)
    closes = []
    while due is not None:
        closes.append(Timeframe.M1.bar_open(state.at(due)))
        due = next_due_ms(state, Timeframe.M1, due)
    assert closes == [EPOCH, EPOCH + MINUTE_MS, EPOCH + 2 * MINUTE_MS, end]


def test_a_recording_that_has_ended_already_is_collected_once() -> None:
    state = ClockState(EPOCH, WALL, speed=60.0, end_ms=EPOCH + HOUR_MS // 2)
    due = first_due_ms(state, Timeframe.H1, WALL + 10_000_000)
    assert due is not None
    assert next_due_ms(state, Timeframe.H1, due) is None


@given(st.integers(0, 10_000_000), speeds, timeframes, st.integers(0, 500_000))
def test_no_close_is_skipped_and_none_comes_twice(
    epoch: int, speed: float, timeframe: Timeframe, wall: int
) -> None:
    state = ClockState(EPOCH + epoch, WALL, speed)
    due, closes = first_due_ms(state, timeframe, WALL + wall), list[int]()
    for _ in range(5):
        assert due is not None
        due = to_datetime(due).timestamp() * 1000  # as APScheduler keeps it: whole microseconds
        closes.append(timeframe.bar_open(state.at(due)))
        due = next_due_ms(state, timeframe, due)
    first = timeframe.bar_open(state.at(WALL + wall))
    assert closes == [first + n * timeframe.duration_ms for n in range(5)]


def test_apscheduler_is_given_datetimes_and_the_clock_of_the_moment(tmp_path: Path) -> None:
    path = tmp_path / "clock.json"
    ClockState(EPOCH, None, speed=60.0).write(path)
    wall = [float(WALL)]
    trigger = CloseTrigger(Clock(path, lambda: wall[0]), Timeframe.M1)
    now = datetime.fromtimestamp(WALL / 1000, UTC)
    assert trigger.get_next_fire_time(None, now) is None
    ClockState(EPOCH, WALL, speed=60.0).write(path)
    wall[0] += 1_000
    first = trigger.get_next_fire_time(None, now)
    assert first == to_datetime(WALL + 200)
    assert trigger.get_next_fire_time(first, now) == to_datetime(WALL + 1_200)
