"""The window rule over history: the stretches to compute, so that batch equals single-bar."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from trading_core.candles import Candles
from trading_core.timeframe import WINDOW_BARS


@dataclass(frozen=True, slots=True)
class Block:
    """One stretch of bars that share the start of their window."""

    window: slice
    """Rows to compute from: the shared start up to the block's last bar."""
    kept: slice
    """Rows, of the candles, whose values are results."""
    opening: int
    """Row of the grid block's first bar, kept or not: the same for every bar of the block."""

    @property
    def kept_in_window(self) -> slice:
        """The same rows, counted from the window's first."""
        return slice(self.kept.start - self.window.start, self.kept.stop - self.window.start)


def blocks(candles: Candles, since_ms: int, first_available_ms: int = 0) -> Iterator[Block]:
    """Blocks that together hold every bar opening at or after `since_ms`, ascending.

    The candles have to reach back to `timeframe.window_start(since_ms, first_available_ms)`
    without a hole: what is not there is not seen, and changes the values. Bars before
    `first_available_ms` are in no block.
    """
    step_ms = candles.timeframe.duration_ms
    times = candles.open_time_ms
    row = int(np.searchsorted(times, max(since_ms, first_available_ms)))
    while row < len(candles):
        opened_ms = int(times[row])
        opening_ms = opened_ms // step_ms // WINDOW_BARS * WINDOW_BARS * step_ms
        start_ms = candles.timeframe.window_start(opened_ms, first_available_ms)
        edges_ms = (start_ms, max(start_ms, opening_ms), opening_ms + WINDOW_BARS * step_ms)
        first, opening, end = (int(i) for i in np.searchsorted(times, edges_ms))
        yield Block(slice(first, end), slice(row, end), opening)
        row = end
