"""What a model is to foretell: where the close stands some bars later."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

LOOK_AHEAD_BARS: Final = 5
THRESHOLD: Final = 0.005
"""Half a percent, as a share of the close."""

UP: Final = 1
NEUTRAL: Final = 0
DOWN: Final = -1


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


def classes(of_labels: NDArray[np.int8]) -> NDArray[np.int64]:
    """Down, neutral, up as 0, 1, 2, which is how a classifier counts them."""
    return of_labels.astype(np.int64) - DOWN
