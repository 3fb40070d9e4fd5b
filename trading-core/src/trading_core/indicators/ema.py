"""EMA: the exponential moving averages of the close."""

from typing import Final

import talib

from trading_core.indicators.indicator import Indicator, Stretch
from trading_core.indicators.memory import ema_memory_bars
from trading_core.indicators.values import FloatArray

PERIODS: Final = (9, 21, 50, 200)
WARM_PERIODS: Final = 5


def ema(close: FloatArray, period: int) -> FloatArray:
    """EMA_t = EMA_{t−1} + 2/(period + 1) · (close_t − EMA_{t−1}), in the quote asset.

    Seeded by the plain mean of the first `period` closes, as TradingView's is; NaN before.
    """
    values: FloatArray = talib.EMA(close, period)
    return values


def _ema_of(period: int) -> Indicator:
    def compute(stretch: Stretch) -> tuple[FloatArray, ...]:
        return (ema(stretch.close, period),)

    return Indicator(
        names=(f"ema_{period}",),
        compute=compute,
        warm_bars=WARM_PERIODS * period,
        memory_bars=ema_memory_bars(period),
    )


EMAS: Final = tuple(_ema_of(period) for period in PERIODS)
