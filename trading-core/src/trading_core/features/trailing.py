"""What the last bars amount to, up to and with each bar; NaN until there are so many.

Spans are joined in pairs, always the same ones, so that a value never depends on where a
computation began: a running sum would.
"""

from collections.abc import Callable

import numpy as np

from trading_core.indicators.values import FloatArray

Join = Callable[[FloatArray, FloatArray], FloatArray]


def lagged(values: FloatArray, bars: int) -> FloatArray:
    """Each bar's value `bars` bars earlier; one or more, or 0 for the value itself."""
    earlier = np.full(len(values), np.nan)
    earlier[bars:] = values[: max(0, len(values) - bars)]
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
    """`bars`, at least 1, as a sum of powers of two: a span each, laid end to end, newest first."""
    found, covered, span = None, 0, 1
    while covered < bars:
        if bars & span:
            older = lagged(values, covered)
            found = older if found is None else join(found, older)
            covered += span
        values = join(values, lagged(values, span))
        span *= 2
    return np.full(len(values), np.nan) if found is None else found
