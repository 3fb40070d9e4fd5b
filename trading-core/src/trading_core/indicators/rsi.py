"""RSI: Wilder's relative strength index."""

from typing import Final

import numpy as np
import talib

from trading_core.indicators.indicator import Indicator, Stretch
from trading_core.indicators.memory import wilder_memory_bars
from trading_core.indicators.values import FloatArray

PERIOD: Final = 14


def rsi(close: FloatArray) -> FloatArray:
    """100 · gain / (gain + loss), each Wilder's average of 14 changes; 0…100.

    The averages are seeded by the plain mean of the first 14 changes, so the first value is at
    row 14. NaN while the price has not moved since the first row: nothing rose, nothing fell.
    Source: J. Welles Wilder, New Concepts in Technical Trading Systems (1978).
    """
    values: FloatArray = talib.RSI(close, PERIOD)
    if len(close) > PERIOD and close[0] == close[PERIOD]:
        values[: _unmoved_rows(close)] = np.nan
    return values


def _unmoved_rows(close: FloatArray) -> int:
    moved = close != close[0]
    return int(moved.argmax()) if moved.any() else len(close)


def _compute(stretch: Stretch) -> tuple[FloatArray, ...]:
    return (rsi(stretch.close),)


RSI: Final = Indicator(
    names=("rsi",),
    compute=_compute,
    warm_bars=15 * PERIOD,
    memory_bars=wilder_memory_bars(PERIOD),
)
