"""All indicators at one bar, or over many: the names that tables, services and decisions use."""

import math
from dataclasses import dataclass, fields
from typing import Final

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorSnapshot:
    """Every indicator at the bar that opens at `opened_at_ms`; None where it is not warm.

    Prices are in the quote asset, `rsi` is 0…100.
    """

    opened_at_ms: int
    rsi: float | None
    macd: float | None
    macd_signal: float | None
    macd_histogram: float | None
    ema_9: float | None
    ema_21: float | None
    ema_50: float | None
    ema_200: float | None
    vwap: float | None
    atr: float | None
    bollinger_upper: float | None
    bollinger_middle: float | None
    bollinger_lower: float | None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class IndicatorSeries:
    """Every indicator over history: arrays of one length; NaN where a value is not warm."""

    open_time_ms: NDArray[np.int64]
    rsi: FloatArray
    macd: FloatArray
    macd_signal: FloatArray
    macd_histogram: FloatArray
    ema_9: FloatArray
    ema_21: FloatArray
    ema_50: FloatArray
    ema_200: FloatArray
    vwap: FloatArray
    atr: FloatArray
    bollinger_upper: FloatArray
    bollinger_middle: FloatArray
    bollinger_lower: FloatArray

    def __len__(self) -> int:
        return len(self.open_time_ms)

    def at(self, row: int) -> IndicatorSnapshot:
        values = {name: _value(getattr(self, name)[row]) for name in INDICATORS}
        return IndicatorSnapshot(opened_at_ms=int(self.open_time_ms[row]), **values)

    @classmethod
    def of(cls, snapshots: "list[IndicatorSnapshot]") -> "IndicatorSeries":
        """The snapshots as columns, in the order given."""
        columns = {
            name: np.array([getattr(one, name) for one in snapshots], dtype=np.float64)
            for name in INDICATORS
        }
        times = np.array([one.opened_at_ms for one in snapshots], dtype=np.int64)
        return cls(open_time_ms=times, **columns)


INDICATORS: Final = tuple(f.name for f in fields(IndicatorSnapshot) if f.name != "opened_at_ms")
"""Their names, in the order of the table's columns."""


def _value(number: np.float64) -> float | None:
    return None if math.isnan(number) else float(number)
