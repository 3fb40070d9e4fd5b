"""The Wilson score interval of a share."""

from math import sqrt
from typing import Final

NORMAL_97_5: Final = 1.959963984540054
"""Quantile of the standard normal distribution, for two-sided 95 %."""


def wilson_interval(hits: int, count: int) -> tuple[float, float]:
    """Bounds of the 95 % interval, within 0…1, without continuity correction; count > 0.

    E. B. Wilson, "Probable inference, the law of succession, and statistical inference",
    JASA 22 (1927) 209–212. It takes the outcomes for independent of one another.
    """
    share, z_squared = hits / count, NORMAL_97_5**2
    centre = share + z_squared / (2 * count)
    reach = NORMAL_97_5 * sqrt(share * (1 - share) / count + z_squared / (4 * count**2))
    scale = 1 + z_squared / count
    return max(0.0, (centre - reach) / scale), min(1.0, (centre + reach) / scale)
