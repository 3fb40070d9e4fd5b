"""Volume against its own recent past."""

from typing import Final

from trading_core.features.bars import Bars
from trading_core.features.feature import Feature
from trading_core.features.trailing import trailing_mean
from trading_core.indicators.values import FloatArray

RATIOS_BARS: Final = ((1, 24), (6, 24), (24, 168))


def _ratio(short: int, long: int) -> Feature:
    def compute(seen: Bars) -> FloatArray:
        return trailing_mean(seen.volume, short) / trailing_mean(seen.volume, long)

    return Feature(f"volume_ratio_{short}_{long}", long - 1, compute)


def _signed(bars: int) -> Feature:
    def compute(seen: Bars) -> FloatArray:
        span = seen.high - seen.low
        signed = (seen.close - seen.open) / span * seen.volume
        signed[span == 0] = 0
        return trailing_mean(signed, bars) / trailing_mean(seen.volume, bars)

    return Feature(f"signed_volume_{bars}", bars - 1, compute)


TRADED_VOLUME: Final = (*(_ratio(*pair) for pair in RATIOS_BARS), _signed(6), _signed(24))
