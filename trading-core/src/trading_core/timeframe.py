"""Timeframes and the bar-time grid: every bar starts at a whole multiple of its duration."""

from enum import StrEnum
from typing import Final

MINUTE_MS: Final = 60_000
HOUR_MS: Final = 60 * MINUTE_MS
DAY_MS: Final = 24 * HOUR_MS

WINDOW_BARS: Final = 2_000
"""B and W of the window rule: the grid's step and the history before it, in bars."""


class Timeframe(StrEnum):
    """A bar's duration, spelt as the exchange spells it.

    All seven divide the UTC day, so the bar grid is anchored at the epoch.
    """

    M1 = "1m"
    M5 = "5m"
    M15 = "15m"
    M30 = "30m"
    H1 = "1h"
    H4 = "4h"
    D1 = "1d"

    @property
    def duration_ms(self) -> int:
        return _DURATIONS_MS[self]

    def bar_open(self, time_ms: int) -> int:
        """Open time of the bar that contains `time_ms`."""
        return time_ms - time_ms % self.duration_ms

    def next_close(self, time_ms: int) -> int:
        """First bar boundary strictly after `time_ms`: when the bar containing it closes."""
        return self.bar_open(time_ms) + self.duration_ms

    def is_aligned(self, time_ms: int) -> bool:
        return time_ms % self.duration_ms == 0

    def bars_between(self, first_open_ms: int, end_ms: int) -> int:
        """How many whole bars fit in [first_open_ms, end_ms); 0 when the range is empty."""
        return max(0, (end_ms - first_open_ms) // self.duration_ms)

    def last_closed_open(self, now_ms: int) -> int:
        """Open time of the newest bar that is closed at `now_ms`."""
        return self.bar_open(now_ms) - self.duration_ms

    def window_start(self, bar_open_ms: int, first_available_ms: int = 0) -> int:
        """Open time of the first bar that a value at this bar may be computed from.

        start(t) = floor(t / B)·B - W on the absolute grid, in bars, B = W = `WINDOW_BARS`.
        Live, batch and single-bar computations that all start here agree bit for bit.
        It is cut at `first_available_ms`, the open of the first bar that the exchange has.
        """
        bar_index = bar_open_ms // self.duration_ms
        first_index = bar_index // WINDOW_BARS * WINDOW_BARS - WINDOW_BARS
        return max(first_index * self.duration_ms, first_available_ms)


_DURATIONS_MS: Final = {
    Timeframe.M1: MINUTE_MS,
    Timeframe.M5: 5 * MINUTE_MS,
    Timeframe.M15: 15 * MINUTE_MS,
    Timeframe.M30: 30 * MINUTE_MS,
    Timeframe.H1: HOUR_MS,
    Timeframe.H4: 4 * HOUR_MS,
    Timeframe.D1: DAY_MS,
}
