"""How strong a pattern is: 1…100 out of its geometry, what came before it, and its volume.

    strength = 1 + floor(99 × (0.5 × geometry + 0.3 × trend + 0.2 × volume))

Each of the three is a share in [0, 1]:

- geometry: each pattern's own measure, 0 where its rule is only just kept;
- trend: how far price had moved against the pattern before it, 0 at what the pattern needs,
  1 at `FULL_TREND` average ranges;
- volume: that of the pattern's last bar, 0 for none, 1 at `FULL_VOLUME` times the average.

Only +, -, ×, ÷, min, max and floor, element by element: one bar and a million agree bit for bit.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from trading_core.patterns.anatomy import Floats

GEOMETRY_WEIGHT: Final = 0.5
TREND_WEIGHT: Final = 0.3
VOLUME_WEIGHT: Final = 0.2

FULL_TREND: Final = 2.0
"""In average ranges."""
FULL_VOLUME: Final = 3.0
"""In average volumes."""

STRONGEST: Final = 100
_SMALLEST: Final = float(np.finfo(np.float64).tiny)


def share(value: Floats, low: Floats | float, high: Floats) -> Floats:
    """Where the value lies between low (0) and high (1); 0 when there is nothing between."""
    span = high - low
    risen = np.minimum(np.maximum(value - low, 0.0), span)
    return risen / np.maximum(span, _SMALLEST)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """What a strength is made of, an array each: one value for each pattern found."""

    geometry: Floats
    """A share in [0, 1]."""
    drop: Floats
    needed_drop: Floats
    average_range: Floats
    volume: Floats
    average_volume: Floats

    @property
    def trend_share(self) -> Floats:
        return share(self.drop, self.needed_drop, FULL_TREND * self.average_range)

    @property
    def volume_share(self) -> Floats:
        return share(self.volume, 0.0, FULL_VOLUME * self.average_volume)


def strength(found: Measures) -> NDArray[np.uint8]:
    """1…100."""
    weighed = (
        GEOMETRY_WEIGHT * found.geometry
        + TREND_WEIGHT * found.trend_share
        + VOLUME_WEIGHT * found.volume_share
    )
    return np.floor(1 + (STRONGEST - 1) * weighed).astype(np.uint8)
