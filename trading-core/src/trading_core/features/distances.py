"""How far the close stands from where the price has been."""

from typing import Final

from trading_core.features.bars import Bars
from trading_core.features.feature import Feature
from trading_core.features.place_in_range import place_in_range
from trading_core.features.trailing import trailing_highest, trailing_lowest
from trading_core.indicators.values import FloatArray

EMA_PERIODS: Final = (9, 50)
POSITIONS_BARS: Final = (24, 168)


def ema_distance(period: int) -> Feature:
    """(close − EMA) / ATR."""

    def compute(seen: Bars) -> FloatArray:
        return (seen.close - seen.indicator(f"ema_{period}")) / seen.atr

    return Feature(f"ema_{period}_distance", period, compute)


def _vwap_distance(seen: Bars) -> FloatArray:
    return (seen.close - seen.indicator("vwap")) / seen.atr


def _position(bars: int) -> Feature:
    """Where the close stands between the lowest low and the highest high."""

    def compute(seen: Bars) -> FloatArray:
        lowest, highest = trailing_lowest(seen.low, bars), trailing_highest(seen.high, bars)
        return place_in_range(seen.close, lowest, highest)

    return Feature(f"position_{bars}", bars - 1, compute)


DISTANCES: Final = (
    *(ema_distance(period) for period in EMA_PERIODS),
    Feature("vwap_distance", 14, _vwap_distance),
    *(_position(bars) for bars in POSITIONS_BARS),
)
