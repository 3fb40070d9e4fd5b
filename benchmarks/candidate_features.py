"""Features that were tried for the scale-free set and did not earn a place in it."""

from collections.abc import Mapping
from typing import Final

import numpy as np

from trading_core.features.bars import Bars
from trading_core.features.distances import ema_distance
from trading_core.features.feature import Feature
from trading_core.features.higher_bars import HigherBars
from trading_core.features.higher_timeframe import higher_features
from trading_core.features.place_in_range import place_in_range
from trading_core.features.returns import return_over
from trading_core.features.trailing import lagged, trailing_highest, trailing_mean
from trading_core.features.volatility import realised_volatility
from trading_core.indicators.values import FloatArray

SAME_HOUR_DAYS: Final = 7
BARS_A_DAY: Final = 24
LOOK_AHEAD_BARS: Final = 5


def _rsi(seen: Bars) -> FloatArray:
    return seen.indicator("rsi")


def _in_atr(indicator: str) -> Feature:
    return Feature(f"{indicator}_in_atr", 35, lambda seen: seen.indicator(indicator) / seen.atr)


def _bars_of_a_day(seen: Bars) -> HigherBars:
    return HigherBars.of(seen.candles, BARS_A_DAY)


def _band_position(seen: Bars) -> FloatArray:
    low, high = seen.indicator("bollinger_lower"), seen.indicator("bollinger_upper")
    return place_in_range(seen.close, low, high)


def _body(seen: Bars) -> FloatArray:
    return place_in_range(seen.close, seen.low, seen.high) - place_in_range(
        seen.candles.open, seen.low, seen.high
    )


def _upper_shadow(seen: Bars) -> FloatArray:
    return 1 - place_in_range(np.maximum(seen.close, seen.candles.open), seen.low, seen.high)


def _range_in_atr(seen: Bars) -> FloatArray:
    return (seen.high - seen.low) / seen.atr


def _volume_ratio(short: int, long: int) -> Feature:
    def compute(seen: Bars) -> FloatArray:
        volume = seen.candles.volume
        return trailing_mean(volume, short) / trailing_mean(volume, long)

    return Feature(f"volume_ratio_{short}_{long}", long - 1, compute)


def _signed_volume(bars: int) -> Feature:
    def compute(seen: Bars) -> FloatArray:
        volume = seen.candles.volume
        return trailing_mean(_body(seen) * volume, bars) / trailing_mean(volume, bars)

    return Feature(f"signed_volume_{bars}", bars - 1, compute)


def _volatility_ratio(short: int, long: int) -> Feature:
    above, below = realised_volatility(short), realised_volatility(long)
    return Feature(
        f"volatility_ratio_{short}_{long}",
        long,
        lambda seen: above.compute(seen) / below.compute(seen),
    )


def _largest_change(seen: Bars) -> FloatArray:
    return trailing_highest(np.abs(seen.change), 24)


def _falling_share(seen: Bars) -> FloatArray:
    squared = seen.change * seen.change
    falls = np.where(seen.change < 0, squared, 0 * squared)
    return trailing_mean(falls, 24) / trailing_mean(squared, 24)


def _same_hour(seen: Bars) -> FloatArray:
    """Of the last days, how much the hours moved that are now to come; for hourly bars."""
    moved = trailing_mean(np.abs(seen.change), LOOK_AHEAD_BARS)
    days = range(1, SAME_HOUR_DAYS + 1)
    total = np.zeros(len(moved))
    for day in days:
        total += lagged(moved, day * BARS_A_DAY - LOOK_AHEAD_BARS)
    return total / SAME_HOUR_DAYS


DROPPED: Final[Mapping[str, tuple[Feature, ...]]] = {
    "momentum": (
        Feature("rsi", 14, _rsi),
        _in_atr("macd"),
        _in_atr("macd_histogram"),
    ),
    "candle shape": (
        Feature("body", 0, _body),
        Feature("upper_shadow", 0, _upper_shadow),
        Feature("range_in_atr", 14, _range_in_atr),
    ),
    "volume": (
        _volume_ratio(1, 24),
        _volume_ratio(6, 24),
        _volume_ratio(24, 168),
        _signed_volume(6),
        _signed_volume(24),
    ),
    "further volatility": (
        realised_volatility(3),
        realised_volatility(12),
        realised_volatility(72),
        _volatility_ratio(6, 24),
        _volatility_ratio(24, 168),
        Feature("largest_change_24", 24, _largest_change),
        Feature("falling_share_24", 24, _falling_share),
    ),
    "further distances": (
        ema_distance(21),
        ema_distance(200),
        return_over(12),
        return_over(168),
        Feature("band_position", 19, _band_position),
    ),
    "24 bars as one": higher_features(BARS_A_DAY, _bars_of_a_day),
    "volatility of the hours to come": (
        Feature("same_hour", SAME_HOUR_DAYS * BARS_A_DAY, _same_hour),
    ),
}
