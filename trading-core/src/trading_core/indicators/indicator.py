"""What an indicator is to those who compute all of them."""

from collections.abc import Callable
from dataclasses import dataclass

from trading_core.candles import Candles
from trading_core.indicators.values import FloatArray


@dataclass(frozen=True, slots=True)
class Stretch:
    """Consecutive bars to compute over; nothing before them is seen."""

    candles: Candles
    rows: slice
    first_available_ms: int
    """Open of the first bar that the exchange has: before it nothing can be missing."""

    @property
    def high(self) -> FloatArray:
        return self.candles.high[self.rows]

    @property
    def low(self) -> FloatArray:
        return self.candles.low[self.rows]

    @property
    def close(self) -> FloatArray:
        return self.candles.close[self.rows]


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """A row of the catalogue."""

    names: tuple[str, ...]
    """The columns of `values.INDICATORS` that it fills."""
    compute: Callable[[Stretch], tuple[FloatArray, ...]]
    """An array a name, each as long as the stretch; NaN where there is no value yet."""
    warm_bars: int
    """A value counts once its window holds so many bars, its own among them."""
    memory_bars: int
    """It is computed from so many bars before its block (fewer where the window is shorter).

    What lies further back weighs less than float64 can tell, or nothing at all.
    """
