"""Prices and volumes as whole units of 1e-8: sums are exact, text has the exchange's 8 places."""

from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

UNITS: Final = 100_000_000
"""Units in one: 1.0 is 100,000,000 units."""

IntColumn: TypeAlias = NDArray[np.int64]
FloatColumn: TypeAlias = NDArray[np.float64]


def units_of(values: FloatColumn) -> IntColumn:
    """Nearest units; exact for decimals of at most 8 places below 90 million."""
    return np.rint(values * UNITS).astype(np.int64)


def decimal_text(units: int) -> str:
    """`12.34000000`."""
    whole, rest = divmod(abs(units), UNITS)
    return f"{'-' if units < 0 else ''}{whole}.{rest:08d}"


def decimal_step(columns: tuple[IntColumn, ...], *, largest: int) -> int:
    """The largest power of ten, in units, up to `largest`, of which every value is a multiple."""
    common = int(np.gcd.reduce([int(np.gcd.reduce(column)) for column in columns]))
    step = largest
    while common % step:
        step //= 10
    return step
