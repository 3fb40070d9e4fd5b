"""How sure a calibrated probability is, in one word."""

from typing import Final, Literal

Tier = Literal["high", "medium", "low"]

HIGH_ABOVE: Final = 0.75
MEDIUM_ABOVE: Final = 0.60


def tier(probability: float) -> Tier:
    """Of the class that is named; exactly on a boundary is the lower one."""
    if probability > HIGH_ABOVE:
        return "high"
    return "medium" if probability > MEDIUM_ABOVE else "low"
