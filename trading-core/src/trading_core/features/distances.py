"""How far the close stands from where the price has been, in ATR."""

from typing import Final

from trading_core.features.bars import Bars
from trading_core.features.feature import Feature
from trading_core.features.trailing import trailing_highest, trailing_lowest
from trading_core.indicators.values import FloatArray


def _from(indicator: str) -> Feature:
    def compute(seen: Bars) -> FloatArray:
        level: FloatArray = getattr(seen, indicator)
        return (seen.close - level) / seen.atr

    return Feature(f"{indicator}_distance", 0, compute)


def _position(bars: int) -> Feature:
    def compute(seen: Bars) -> FloatArray:
        lowest = trailing_lowest(seen.low, bars)
        return (seen.close - lowest) / (trailing_highest(seen.high, bars) - lowest)

    return Feature(f"position_{bars}", bars - 1, compute)


DISTANCES: Final = (
    *(_from(one) for one in ("ema_9", "ema_21", "ema_50", "ema_200", "vwap")),
    *(_position(bars) for bars in (24, 168)),
    Feature(
        "band_position",
        0,
        lambda seen: (
            (seen.close - seen.bollinger_lower) / (seen.bollinger_upper - seen.bollinger_lower)
        ),
    ),
)
