"""What a model is to foretell: where the close stands some bars later."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from trading_core.candles import Candles

LOOK_AHEAD_BARS: Final = 5
THRESHOLD: Final = 0.005
"""Half a percent, as a share of the close."""

UP: Final = 1
NEUTRAL: Final = 0
DOWN: Final = -1

UNKNOWN: Final = -128
"""No label yet: the bar that decides it has not closed."""
SPANS_MISSING: Final = -127
"""No label ever: a bar up to the one that would decide it is missing."""


def labels(
    close: NDArray[np.float64],
    look_ahead_bars: int = LOOK_AHEAD_BARS,
    threshold: float = THRESHOLD,
) -> NDArray[np.int8]:
    """Up, neutral or down for every bar whose future is known: `look_ahead_bars` fewer than closes.

    A move of exactly the threshold is neutral.
    """
    if len(close) <= look_ahead_bars:
        return np.empty(0, dtype=np.int8)
    change = close[look_ahead_bars:] / close[:-look_ahead_bars] - 1
    found = np.where(change > threshold, UP, np.where(change < -threshold, DOWN, NEUTRAL))
    return found.astype(np.int8)


def label_table(
    candles: Candles,
    look_ahead_bars: int = LOOK_AHEAD_BARS,
    threshold: float = THRESHOLD,
) -> NDArray[np.int8]:
    """The label of each bar, or `UNKNOWN`, or `SPANS_MISSING`; as many as there are candles.

    Time is judged on the bar grid: five bars ahead is five durations ahead, not five rows.
    """
    times = candles.open_time_ms
    ahead_ms = look_ahead_bars * candles.timeframe.duration_ms
    table = np.full(len(candles), UNKNOWN, dtype=np.int8)
    if len(candles) == 0:
        return table
    table[times + ahead_ms <= candles.last_open_ms] = SPANS_MISSING
    found = labels(candles.close, look_ahead_bars, threshold)
    whole = np.flatnonzero(times[look_ahead_bars:] - times[: len(found)] == ahead_ms)
    table[whole] = found[whole]
    return table


def classes(of_labels: NDArray[np.int8]) -> NDArray[np.int64]:
    """Down, neutral, up as 0, 1, 2, which is how a classifier counts them."""
    return of_labels.astype(np.int64) - DOWN
