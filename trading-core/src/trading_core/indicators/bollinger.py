"""Bollinger Bands: the mean of the close, and two standard deviations around it."""

from typing import Final

import talib

from trading_core.indicators.indicator import Indicator, Stretch
from trading_core.indicators.values import FloatArray

PERIOD: Final = 20
DEVIATIONS: Final = 2.0


def bollinger(close: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """(Upper, middle, lower): SMA 20 ± 2 population standard deviations, in the quote asset.

    The first values are at row 19. Source: John Bollinger, Bollinger on Bollinger Bands (2001).
    """
    upper, middle, lower = talib.BBANDS(close, PERIOD, DEVIATIONS, DEVIATIONS)
    return upper, middle, lower


def _compute(stretch: Stretch) -> tuple[FloatArray, ...]:
    return bollinger(stretch.close)


BOLLINGER: Final = Indicator(
    names=("bollinger_upper", "bollinger_middle", "bollinger_lower"),
    compute=_compute,
    warm_bars=PERIOD,
    memory_bars=PERIOD - 1,
)
