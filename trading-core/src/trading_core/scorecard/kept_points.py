"""Which points of a long curve are enough to draw it."""

from typing import Final

import numpy as np

from trading_core.outcomes.price_path import FloatArray, IntArray

MOST_POINTS: Final = 2_000


def kept_points(values: FloatArray, most: int = MOST_POINTS) -> IntArray:
    """Rows, ascending, at most `most` ≥ 4: the first, the last, and the extremes of each stretch.

    The curve is cut into equal stretches, and each keeps its highest and its lowest point: so at
    every stretch's end the highest and the lowest of the curve so far are those of the whole one.
    """
    stretches = np.array_split(np.arange(len(values)), (most - 2) // 2)
    extremes = [
        rows[find(values[rows])]
        for rows in stretches
        if len(rows) > 0
        for find in (np.argmin, np.argmax)
    ]
    return np.unique([0, *extremes, len(values) - 1])
