"""Several recordings of one symbol as one table of bars for each timeframe.

A bar is built from the finest stretch that covers it whole, so where there are 1-minute candles
all coarser bars come from them, and a bar that straddles a seam comes from the coarser recording.
Where no stretch covers it whole, as on the day that a market was listed, it is built from the
finest one that covers a part.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from exchange_simulator.aggregate import aggregate
from exchange_simulator.bars import Bars
from exchange_simulator.stretch import Stretch
from trading_core.timeframe import Timeframe


def combine(stretches: Sequence[Stretch]) -> Mapping[Timeframe, Bars]:
    """Tables for all timeframes, empty where nothing is fine enough; stretches finest first."""
    return {timeframe: _table(timeframe, stretches) for timeframe in Timeframe}


def _table(timeframe: Timeframe, stretches: Sequence[Stretch]) -> Bars:
    fine_enough = [s for s in stretches if s.timeframe.duration_ms <= timeframe.duration_ms]
    whole, partial = [], []
    for stretch in fine_enough:
        bars = stretch.bars
        if stretch.timeframe is not timeframe:
            bars = aggregate(bars, timeframe)
        first, end = _covered_whole(bars, timeframe, stretch)
        whole.append(bars.part(first, end))
        partial += [bars.part(0, first), bars.part(end, len(bars))]
    return _first_of_each([part for part in whole + partial if len(part)])


def _covered_whole(bars: Bars, timeframe: Timeframe, stretch: Stretch) -> tuple[int, int]:
    """Rows [first, end) that lie within the stretch; only the outermost bars can straddle it."""
    last_open_ms = stretch.end_ms - timeframe.duration_ms
    first, end = np.searchsorted(bars.open_ms, (stretch.start_ms, last_open_ms + 1))
    return int(first), max(int(first), int(end))


def _first_of_each(preferred: Sequence[Bars]) -> Bars:
    """For each open time the bar of the earliest part that has one, in time order."""
    best, *others = preferred or [Bars.empty()]
    if not others:
        return best
    opens = np.concatenate([part.open_ms for part in preferred])
    _, first_rows = np.unique(opens, return_index=True)
    return Bars.joined(preferred).chosen(first_rows)
