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
    built = [aggregate(stretch.bars, timeframe) for stretch in fine_enough]
    whole = [
        bars.chosen(_covered_whole(bars, timeframe, stretch))
        for bars, stretch in zip(built, fine_enough, strict=True)
    ]
    return _first_of_each(whole + built)


def _covered_whole(
    bars: Bars, timeframe: Timeframe, stretch: Stretch
) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    closes = bars.open_ms + timeframe.duration_ms
    return np.logical_and(bars.open_ms >= stretch.start_ms, closes <= stretch.end_ms)


def _first_of_each(preferred: Sequence[Bars]) -> Bars:
    """For each open time the bar of the earliest part that has one, in time order."""
    everything = Bars.joined(preferred)
    _, first_rows = np.unique(everything.open_ms, return_index=True)
    return everything.chosen(first_rows)
