"""Where evidence comes from."""

from enum import StrEnum


class Family(StrEnum):
    """Five families that speak for a side, in the order in which their points are added.

    VOLUME has no opinion of its own: it strengthens or weakens what the five say together.
    """

    TREND = "trend"
    MOMENTUM = "momentum"
    VOLATILITY = "volatility"
    PATTERNS = "patterns"
    ML = "ml"
    VOLUME = "volume"
