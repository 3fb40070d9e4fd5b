"""Bars of a higher timeframe, built from a market's own, and which of them each bar knows."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from trading_core.candles import Candles
from trading_core.indicators.values import FloatArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class HigherBars:
    """Oldest first, on the absolute grid; built from what the exchange has.

    The first bar in which the candles begin is not among them: it may have begun before.
    """

    high: FloatArray
    low: FloatArray
    close: FloatArray
    newest: NDArray[np.intp]
    """For each candle the row of the newest one that has closed by its close; −1 for none."""

    @classmethod
    def of(cls, candles: Candles, bars_in_one: int) -> Self:
        """The newest may still be open; then no candle knows it."""
        step_ms = candles.timeframe.duration_ms
        span_ms = bars_in_one * step_ms
        place = candles.open_time_ms // span_ms
        begins = np.diff(place, prepend=place[:1]) != 0
        first, last = np.flatnonzero(begins), np.flatnonzero(np.append(begins[1:], True))
        ends = (candles.open_time_ms + step_ms) % span_ms == 0
        own = np.cumsum(begins) - 1
        return cls(
            high=np.maximum.reduceat(candles.high, first),
            low=np.minimum.reduceat(candles.low, first),
            close=candles.close[last[1:]],
            newest=np.maximum(np.where(ends, own, own - 1), -1),
        )

    def known(self, values: FloatArray) -> FloatArray:
        """Given a value of each higher bar, for each candle that of the newest one it knows."""
        return np.append(values, np.nan)[self.newest]
