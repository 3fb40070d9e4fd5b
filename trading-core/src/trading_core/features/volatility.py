"""How much the price moves, as a share of it: what tells a quiet future from a busy one."""

from typing import Final

import numpy as np

from trading_core.features.bars import Bars
from trading_core.features.feature import Feature
from trading_core.features.trailing import trailing_mean
from trading_core.indicators.values import FloatArray

CHANGES_BARS: Final = (6, 24, 168)
RANGES_BARS: Final = (1, 5, 24, 168)


def realised_volatility(bars: int) -> Feature:
    """Root mean square of the last changes of the close."""

    def compute(seen: Bars) -> FloatArray:
        root: FloatArray = np.sqrt(trailing_mean(seen.change * seen.change, bars))
        return root

    return Feature(f"volatility_{bars}", bars, compute)


def mean_range(bars: int) -> Feature:
    """Mean of (high − low) / close."""

    def compute(seen: Bars) -> FloatArray:
        return trailing_mean((seen.high - seen.low) / seen.close, bars)

    return Feature(f"mean_range_{bars}", bars - 1, compute)


def _atr_share(seen: Bars) -> FloatArray:
    return seen.atr / seen.close


VOLATILITY: Final = (
    *(realised_volatility(bars) for bars in CHANGES_BARS),
    *(mean_range(bars) for bars in RANGES_BARS),
    Feature("atr_share", 14, _atr_share),
)
