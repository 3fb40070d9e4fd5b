"""What the last bars amount to, up to and with each bar; NaN until there are so many.

Spans are joined in pairs, always the same ones, so that a value never depends on where a
computation began: a running sum would.
"""

from collections.abc import Callable
from functools import reduce

import numpy as np

from trading_core.indicators.values import FloatArray

Join = Callable[[FloatArray, FloatArray], FloatArray]


def lagged(values: FloatArray, bars: int) -> FloatArray:
    """Each bar's value one or more bars earlier."""
    earlier = np.full(len(values), np.nan)
    earlier[bars:] = values[:-bars]
    return earlier


def trailing_sum(values: FloatArray, bars: int) -> FloatArray:
    return _joined(np.add, values, bars)


def trailing_mean(values: FloatArray, bars: int) -> FloatArray:
    return trailing_sum(values, bars) / bars


def trailing_highest(values: FloatArray, bars: int) -> FloatArray:
    return _joined(np.maximum, values, bars)


def trailing_lowest(values: FloatArray, bars: int) -> FloatArray:
    return _joined(np.minimum, values, bars)


def _joined(join: Join, values: FloatArray, bars: int) -> FloatArray:
    """Of one or more bars: the spans of 1, 2, 4 … that make them up, laid end to end."""
    found = np.full(len(values), np.nan)
    rows = len(values) - bars + 1
    if rows < 1:
        return found
    pieces: list[FloatArray] = []
    covered = 0
    for power in range(bars.bit_length()):
        span = 1 << power
        if bars & span:
            pieces.append(values[covered : covered + rows])
            covered += span
        values = join(values[:-span], values[span:])
    found[bars - 1 :] = reduce(join, pieces)
    return found
