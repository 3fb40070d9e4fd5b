"""The columns that features are made of: consecutive bars, their indicators, higher bars."""

from dataclasses import dataclass
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from trading_core.candles import Candles
from trading_core.features.higher_bars import HigherBars
from trading_core.features.trailing import lagged
from trading_core.indicators.values import FloatArray, IndicatorSeries

HIGHER_SPAN: Final = 4
"""Bars that make one of the higher timeframe."""


@dataclass(frozen=True, slots=True, eq=False)
class Bars:
    """Arrays of one length, oldest first; prices in the quote asset."""

    candles: Candles
    change: FloatArray
    """Of the close since the bar before, as a share of it."""
    higher: HigherBars
    """`HIGHER_SPAN` bars as one."""
    _indicators: IndicatorSeries
    _indicator_rows: slice

    @classmethod
    def of(cls, candles: Candles, indicators: IndicatorSeries, rows: slice) -> Self:
        """`rows`, of the indicators, are those of the last candles."""
        change = candles.close / lagged(candles.close, 1) - 1
        return cls(candles, change, HigherBars.of(candles, HIGHER_SPAN), indicators, rows)

    @property
    def high(self) -> FloatArray:
        return self.candles.high

    @property
    def low(self) -> FloatArray:
        return self.candles.low

    @property
    def close(self) -> FloatArray:
        return self.candles.close

    @property
    def close_time_ms(self) -> NDArray[np.int64]:
        return self.candles.open_time_ms + self.candles.timeframe.duration_ms

    @property
    def atr(self) -> FloatArray:
        return self.indicator("atr")

    def indicator(self, name: str) -> FloatArray:
        """A column of `IndicatorSeries`; NaN before the bars that are asked for, and while cold."""
        asked: FloatArray = getattr(self._indicators, name)[self._indicator_rows]
        return np.concatenate((np.full(len(self.candles) - len(asked), np.nan), asked))
