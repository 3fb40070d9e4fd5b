"""Where a price stands between two others."""

import numpy as np

from trading_core.indicators.values import FloatArray


def place_in_range(price: FloatArray, low: FloatArray, high: FloatArray) -> FloatArray:
    """0 at the low, 1 at the high; a half where the two are one."""
    span = high - low
    place: FloatArray = np.where(span == 0, 0.5, (price - low) / span)
    return place
