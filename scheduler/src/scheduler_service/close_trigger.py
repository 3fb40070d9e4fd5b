"""When a bar's close, which is event time, is due on the wall, by which APScheduler runs.

Pure: bar boundaries through the stack's clock to wall time and back.
"""

from datetime import UTC, datetime
from typing import Final

from apscheduler.triggers.base import BaseTrigger

from service_kit.clock import Clock, ClockState
from trading_core.timeframe import Timeframe

DELAY_MS: Final = 1_500.0
"""Wall time after the close: the stream brings the candle first, and we find nothing missing."""
DELAY_OF_BAR: Final = 0.2
"""At high speed a bar is short on the wall: never wait longer than this part of it."""


def delay_ms(timeframe: Timeframe, speed: float) -> float:
    """Wall milliseconds between a bar's close and its job."""
    return min(DELAY_MS, timeframe.duration_ms / speed * DELAY_OF_BAR)


def first_due_ms(state: ClockState, timeframe: Timeframe, wall_ms: float) -> float | None:
    """Wall time for the newest close there is, so mostly at once; None while the clock stands.

    A scheduler that has just started, or taken over, does not know what was done before it.
    """
    return _due_ms(state, timeframe, timeframe.bar_open(state.at(wall_ms)))


def next_due_ms(state: ClockState, timeframe: Timeframe, previous_ms: float) -> float | None:
    """Wall time for the close after the one that was due at `previous_ms`.

    None while the clock stands, and when no further bar closes before its end.
    """
    # What was due lies within the bar after its close, whatever was rounded on the way.
    return _due_ms(state, timeframe, timeframe.next_close(state.at(previous_ms)))


def _due_ms(state: ClockState, timeframe: Timeframe, close_ms: int) -> float | None:
    if state.wall_epoch_ms is None or (state.end_ms is not None and close_ms > state.end_ms):
        return None
    closed_at = state.wall_epoch_ms + (close_ms - state.event_epoch_ms) / state.speed
    return closed_at + delay_ms(timeframe, state.speed)


class CloseTrigger(BaseTrigger):  # type: ignore[misc] # apscheduler ships no types
    """APScheduler's view of it: datetimes, and None for never."""

    __slots__ = ("_clock", "_timeframe")

    def __init__(self, clock: Clock, timeframe: Timeframe) -> None:
        self._clock = clock
        self._timeframe = timeframe

    def get_next_fire_time(
        self, previous_fire_time: datetime | None, now: datetime
    ) -> datetime | None:
        state = self._clock.state
        if previous_fire_time is None:
            due = first_due_ms(state, self._timeframe, _to_ms(now))
        else:
            due = next_due_ms(state, self._timeframe, _to_ms(previous_fire_time))
        return None if due is None else to_datetime(due)


def to_datetime(wall_ms: float) -> datetime:
    return datetime.fromtimestamp(wall_ms / 1000, UTC)


def _to_ms(moment: datetime) -> float:
    return moment.timestamp() * 1000
