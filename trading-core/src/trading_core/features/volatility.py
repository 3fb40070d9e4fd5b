"""How much the price moves: its level, and whether it is rising."""

from typing import Final

import numpy as np

from trading_core.features.bars import Bars
from trading_core.features.feature import Feature
from trading_core.features.trailing import trailing_highest, trailing_mean
from trading_core.indicators.values import FloatArray

HORIZONS_BARS: Final = (3, 6, 12, 24, 72, 168)
RATIOS_BARS: Final = ((6, 24), (24, 168))


def realised_volatility(seen: Bars, bars: int) -> FloatArray:
    """Root mean square of the last changes, a share of the price a bar."""
    return np.sqrt(trailing_mean(seen.change * seen.change, bars))


def _realised(bars: int) -> Feature:
    def compute(seen: Bars) -> FloatArray:
        return realised_volatility(seen, bars)

    return Feature(f"volatility_{bars}", bars, compute)


def _ratio(short: int, long: int) -> Feature:
    def compute(seen: Bars) -> FloatArray:
        return realised_volatility(seen, short) / realised_volatility(seen, long)

    return Feature(f"volatility_ratio_{short}_{long}", long, compute)


def _range(bars: int) -> Feature:
    def compute(seen: Bars) -> FloatArray:
        return trailing_mean((seen.high - seen.low) / seen.close, bars)

    return Feature(f"mean_range_{bars}", bars - 1, compute)


def _largest(bars: int) -> Feature:
    def compute(seen: Bars) -> FloatArray:
        return trailing_highest(np.abs(seen.change), bars)

    return Feature(f"largest_change_{bars}", bars, compute)


def _falling(bars: int) -> Feature:
    def compute(seen: Bars) -> FloatArray:
        squared = seen.change * seen.change
        falls = np.where(seen.change < 0, squared, 0 * squared)
        return trailing_mean(falls, bars) / trailing_mean(squared, bars)

    return Feature(f"falling_share_{bars}", bars, compute)


VOLATILITY: Final = (
    *(_realised(bars) for bars in HORIZONS_BARS),
    *(_ratio(*pair) for pair in RATIOS_BARS),
    *(_range(bars) for bars in (1, 5, 24, 168)),
    _largest(24),
    _falling(24),
    Feature("atr_share", 0, lambda seen: seen.atr / seen.close),
    Feature(
        "band_width", 0, lambda seen: (seen.bollinger_upper - seen.bollinger_lower) / seen.close
    ),
)
