"""MACD: the distance between a fast and a slow EMA, and its own EMA."""

from typing import Final

import talib

from trading_core.indicators.indicator import Indicator, Stretch
from trading_core.indicators.memory import ema_memory_bars
from trading_core.indicators.values import FloatArray

FAST: Final = 12
SLOW: Final = 26
SIGNAL: Final = 9


def macd(close: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """(EMA 12 − EMA 26, its EMA 9: the signal line, their difference: the histogram).

    In the quote asset; the first values are at row 33. Both EMAs start at the slow one's first
    row, as TA-Lib has it, the fast one's seed being the 12 closes up to there.
    Source: Gerald Appel, The Moving Average Convergence Divergence Method (1979).
    """
    line, signal, histogram = talib.MACD(close, FAST, SLOW, SIGNAL)
    return line, signal, histogram


def _compute(stretch: Stretch) -> tuple[FloatArray, ...]:
    return macd(stretch.close)


MACD: Final = Indicator(
    names=("macd", "macd_signal", "macd_histogram"),
    compute=_compute,
    warm_bars=200,
    memory_bars=ema_memory_bars(SLOW) + ema_memory_bars(SIGNAL),
)
