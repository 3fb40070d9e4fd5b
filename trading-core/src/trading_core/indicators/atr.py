"""ATR: Wilder's average true range."""

from typing import Final

import talib

from trading_core.indicators.indicator import Indicator, Stretch
from trading_core.indicators.memory import wilder_memory_bars
from trading_core.indicators.values import FloatArray

PERIOD: Final = 14


def atr(high: FloatArray, low: FloatArray, close: FloatArray) -> FloatArray:
    """Wilder's average of 14 true ranges, in the quote asset.

    The true range is the largest of high − low, |high − previous close|, |low − previous close|;
    the first row has none. Seeded by the plain mean of the first 14, so the first value is at
    row 14. Source: J. Welles Wilder, New Concepts in Technical Trading Systems (1978).
    """
    values: FloatArray = talib.ATR(high, low, close, PERIOD)
    return values


def _compute(stretch: Stretch) -> tuple[FloatArray, ...]:
    return (atr(stretch.high, stretch.low, stretch.close),)


ATR: Final = Indicator(
    names=("atr",),
    compute=_compute,
    warm_bars=15 * PERIOD,
    memory_bars=wilder_memory_bars(PERIOD),
)
