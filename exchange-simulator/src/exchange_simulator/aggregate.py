"""Coarser bars from finer ones, exactly: whole numbers are compared and summed, never rounded."""

import numpy as np

from exchange_simulator.bars import Bar, Bars
from trading_core.timeframe import Timeframe


def aggregate(bars: Bars, timeframe: Timeframe) -> Bars:
    """One bar for each stretch of the grid that has at least one finer bar; holes stay holes."""
    if not len(bars):
        return bars
    opens = bars.open_ms - bars.open_ms % timeframe.duration_ms
    first = np.flatnonzero(np.diff(opens, prepend=-1))
    last = np.append(first[1:], len(bars)) - 1
    return Bars(
        open_ms=opens[first],
        open=bars.open[first],
        high=np.maximum.reduceat(bars.high, first),
        low=np.minimum.reduceat(bars.low, first),
        close=bars.close[last],
        volume=np.add.reduceat(bars.volume, first),
    )


def summary(bars: Bars, open_ms: int) -> Bar:
    """All bars, at least one, as a single bar that opens at `open_ms`."""
    return Bar(
        open_ms=open_ms,
        open=int(bars.open[0]),
        high=int(bars.high.max()),
        low=int(bars.low.min()),
        close=int(bars.close[-1]),
        volume=int(bars.volume.sum()),
    )


def followed_by(earlier: Bar, later: Bar) -> Bar:
    """Both as one bar that opens with the earlier one."""
    return Bar(
        open_ms=earlier.open_ms,
        open=earlier.open,
        high=max(earlier.high, later.high),
        low=min(earlier.low, later.low),
        close=later.close,
        volume=earlier.volume + later.volume,
    )
