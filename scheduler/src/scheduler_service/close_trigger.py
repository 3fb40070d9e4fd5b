"""When a period's end, which is event time, is due on the wall, by which APScheduler runs.

Pure: the ends of bars and weeks through the stack's clock to wall time and back.
"""

from datetime import UTC, datetime
from typing import Final

from apscheduler.triggers.base import BaseTrigger

from scheduler_service.period import Period
from service_kit.clock import Clock, ClockState

DELAY_MS: Final = 1_500.0
"""Wall time after the end: the stream brings the candle first, and we find nothing missing."""
DELAY_OF_PERIOD: Final = 0.2
"""At high speed a bar is short on the wall: never wait longer than this part of it."""


def delay_ms(period: Period, speed: float) -> float:
    """Wall milliseconds between a period's end and its job."""
    return min(DELAY_MS, period.duration_ms / speed * DELAY_OF_PERIOD)


def first_due_ms(state: ClockState, period: Period, wall_ms: float) -> float | None:
    """Wall time for the newest end there is, so mostly at once; None while the clock stands.

    A scheduler that has just started, or taken over, does not know what was done before it. What
    goes by the wall waits for a while first, in which a platform that has just started is busy.
    """
    due = _due_ms(state, period, period.start(state.at(wall_ms)))
    wait_ms = period.first_wait_ms
    if due is None or wait_ms is None:
        return due
    return min(wall_ms + wait_ms, period.next_start(round(wall_ms)) + DELAY_MS)


def next_due_ms(state: ClockState, period: Period, previous_ms: float) -> float | None:
    """Wall time for the end after the one that was due at `previous_ms`.

    None while the clock stands, and when no further period ends before the recording does.
    """
    # What was due lies within the period after that end, whatever was rounded on the way.
    return _due_ms(state, period, period.next_start(state.at(previous_ms)))


def _due_ms(state: ClockState, period: Period, end_ms: int) -> float | None:
    if state.wall_epoch_ms is None or (state.end_ms is not None and end_ms > state.end_ms):
        return None
    ended_at = state.wall_epoch_ms + (end_ms - state.event_epoch_ms) / state.speed
    return ended_at + delay_ms(period, state.speed)


def period_clock(clock: Clock, period: Period) -> Clock:
    """The stack's, or the wall's."""
    return Clock() if period.by_the_wall else clock


class CloseTrigger(BaseTrigger):  # type: ignore[misc] # apscheduler ships no types
    """APScheduler's view of it: datetimes, and None for never."""

    __slots__ = ("_clock", "_period")

    def __init__(self, clock: Clock, period: Period) -> None:
        self._clock = period_clock(clock, period)
        self._period = period

    def get_next_fire_time(
        self, previous_fire_time: datetime | None, now: datetime
    ) -> datetime | None:
        state = self._clock.state
        if previous_fire_time is None:
            due = first_due_ms(state, self._period, _to_ms(now))
        else:
            due = next_due_ms(state, self._period, _to_ms(previous_fire_time))
        return None if due is None else to_datetime(due)


def to_datetime(wall_ms: float) -> datetime:
    return datetime.fromtimestamp(wall_ms / 1000, UTC)


def _to_ms(moment: datetime) -> float:
    return moment.timestamp() * 1000
