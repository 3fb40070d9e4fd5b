"""Where a price stands between two others."""

import numpy as np

from trading_core.indicators.values import FloatArray


def place_in_range(price: FloatArray, low: FloatArray, high: FloatArray) -> FloatArray:
    """0 at the low, 1 at the high; a half where the two are one."""
    span = high - low
    place = np.full(len(span), 0.5)
    np.divide(price - low, span, out=place, where=span != 0)
    return place
