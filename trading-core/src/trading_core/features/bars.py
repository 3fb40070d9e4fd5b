"""The columns that features are made of: consecutive bars, and their indicators."""

from dataclasses import dataclass, fields
from typing import Final

import numpy as np
from numpy.typing import NDArray

from trading_core.candles import Candles
from trading_core.features.trailing import lagged
from trading_core.indicators.values import INDICATORS, FloatArray, IndicatorSeries


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Bars:
    """Arrays of one length, oldest first; prices in the quote asset.

    Indicators are there for the bars asked for, at the end; NaN before those, and while cold.
    """

    step_ms: int
    open_time_ms: NDArray[np.int64]
    open: FloatArray
    high: FloatArray
    low: FloatArray
    close: FloatArray
    volume: FloatArray
    change: FloatArray
    """Of the close since the bar before, as a share of it."""
    rsi: FloatArray
    macd: FloatArray
    macd_signal: FloatArray
    ema_9: FloatArray
    ema_21: FloatArray
    ema_50: FloatArray
    ema_200: FloatArray
    vwap: FloatArray
    atr: FloatArray
    bollinger_upper: FloatArray
    bollinger_lower: FloatArray

    @classmethod
    def of(cls, candles: Candles, indicators: IndicatorSeries, rows: slice) -> "Bars":
        """`rows`, of the indicators, are those of the last candles."""
        earlier = np.full(len(candles) - (rows.stop - rows.start), np.nan)

        return cls(
            step_ms=candles.timeframe.duration_ms,
            open_time_ms=candles.open_time_ms,
            open=candles.open,
            high=candles.high,
            low=candles.low,
            close=candles.close,
            volume=candles.volume,
            change=candles.close / lagged(candles.close, 1) - 1,
            **{
                name: np.concatenate((earlier, getattr(indicators, name)[rows]))
                for name in _INDICATORS
            },
        )


_INDICATORS: Final = tuple(one.name for one in fields(Bars) if one.name in INDICATORS)
