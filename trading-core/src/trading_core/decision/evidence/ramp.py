"""How a distance becomes evidence: in proportion, up to where it is full."""

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]


def ramp(distance: FloatArray, full: float) -> FloatArray:
    """−1…1; NaN stays NaN."""
    return np.clip(distance / full, -1.0, 1.0)


def rise(number: FloatArray, start: float, full: float) -> FloatArray:
    """0 up to `start`, 1 from `full` on; NaN stays NaN. `full` may lie below `start`."""
    return np.clip((number - start) / (full - start), 0.0, 1.0)


def in_atr(distance: FloatArray, atr: FloatArray) -> FloatArray:
    """NaN where ATR is not warm, or the price did not move at all."""
    return np.divide(distance, atr, out=np.full_like(distance, np.nan), where=atr > 0)


def evidence(*parts: FloatArray) -> FloatArray:
    """Their sum within [−1, 1], unknown parts as 0, and 0 without a sign."""
    known = [np.where(np.isnan(part), 0.0, part) for part in parts]
    total = known[0]
    for part in known[1:]:
        total = total + part
    return np.clip(total, -1.0, 1.0) + 0.0
