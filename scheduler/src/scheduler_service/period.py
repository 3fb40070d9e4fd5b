"""What a job repeats with: a timeframe's bars, weeks, or days of the wall; cut without a gap.

What follows the market goes by event time; what looks after machines and files by the wall's, since
at 60 times its speed a day of the market is 24 minutes of theirs.
"""

from dataclasses import dataclass
from typing import Final, Self

from trading_core.timeframe import DAY_MS, HOUR_MS, MINUTE_MS, Timeframe


@dataclass(frozen=True, slots=True)
class Period:
    duration_ms: int
    ends: str
    """What its end is called, for people: `each 1h bar closes`."""
    offset_ms: int = 0
    """Where one of them begins, after the epoch."""
    first_wait_ms: int | None = None
    """By the wall's time. So long after a start, what the last end was to bring is made up for."""

    @property
    def by_the_wall(self) -> bool:
        return self.first_wait_ms is not None

    @classmethod
    def of(cls, timeframe: Timeframe) -> Self:
        return cls(timeframe.duration_ms, f"each {timeframe} bar closes")

    def start(self, time_ms: int) -> int:
        """When the one began that contains `time_ms`, which is when the one before it ended."""
        return time_ms - (time_ms - self.offset_ms) % self.duration_ms

    def next_start(self, time_ms: int) -> int:
        """The first beginning strictly after `time_ms`."""
        return self.start(time_ms) + self.duration_ms


_EPOCH_TO_MONDAY_MS: Final = 4 * DAY_MS
"""1970 began on a Thursday."""

WEEK: Final = Period(7 * DAY_MS, "each week ends, Monday 00:00 UTC", _EPOCH_TO_MONDAY_MS)


def daily_at(hour: int, *, first_wait_minutes: int) -> Period:
    """UTC, by the wall's clock."""
    ends = f"{hour:02}:00 UTC each day, by the wall's clock"
    return Period(DAY_MS, ends, hour * HOUR_MS, first_wait_minutes * MINUTE_MS)
