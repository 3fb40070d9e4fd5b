"""Bars named as ranges of time."""

import numpy as np
from numpy.typing import NDArray

from trading_core.time_range import TimeRange

Opens = NDArray[np.int64]
"""Open times of bars in ms, ascending."""


def span_of(opens_ms: Opens, bar_ms: int) -> TimeRange:
    """From the first open to the last close, of at least one bar."""
    return TimeRange(int(opens_ms[0]), int(opens_ms[-1]) + bar_ms)


def unbroken_ranges(opens_ms: Opens, bar_ms: int) -> tuple[TimeRange, ...]:
    """The longest ranges that hold these bars and no other time."""
    return _ranges(opens_ms, np.diff(opens_ms) != bar_ms, bar_ms)


def ranges_among(chosen_ms: Opens, opens_ms: Opens, bar_ms: int) -> tuple[TimeRange, ...]:
    """The longest ranges that hold these bars and none of the others in `opens_ms`."""
    places = np.searchsorted(opens_ms, chosen_ms)
    return _ranges(chosen_ms, np.diff(places) != 1, bar_ms)


def _ranges(opens_ms: Opens, is_break: NDArray[np.bool_], bar_ms: int) -> tuple[TimeRange, ...]:
    """`is_break` says between which neighbours one range ends and the next begins."""
    if len(opens_ms) == 0:
        return ()
    ends = np.append(np.flatnonzero(is_break), len(opens_ms) - 1)
    starts = np.append(0, ends[:-1] + 1)
    pairs = zip(opens_ms[starts].tolist(), opens_ms[ends].tolist(), strict=True)
    return tuple(TimeRange(first, last + bar_ms) for first, last in pairs)
