"""How far the close has come over several horizons."""

from typing import Final

from trading_core.features.bars import Bars
from trading_core.features.feature import Feature
from trading_core.features.trailing import lagged
from trading_core.indicators.values import FloatArray

HORIZONS_BARS: Final = (1, 3, 6, 24, 72)


def return_over(bars: int) -> Feature:
    """The close by the close `bars` bars earlier, less 1."""

    def compute(seen: Bars) -> FloatArray:
        return seen.close / lagged(seen.close, bars) - 1

    return Feature(f"return_{bars}", bars, compute)


RETURNS: Final = tuple(return_over(bars) for bars in HORIZONS_BARS)
