"""The bar that is still open: drawn and cached, never stored, never analysed."""

from dataclasses import dataclass

from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe


@dataclass(frozen=True, slots=True)
class LiveCandle:
    """What an open bar looks like at one moment; every value but its open may still change."""

    symbol: Symbol
    timeframe: Timeframe
    open_time_ms: int
    open: float
    high: float
    low: float
    close: float
    volume: float
    """In the base asset, so far."""

    @property
    def closes_at_ms(self) -> int:
        return self.open_time_ms + self.timeframe.duration_ms

    def row(self) -> tuple[int, float, float, float, float, float]:
        """A CCXT row: open ms, open, high, low, close, volume."""
        return (self.open_time_ms, self.open, self.high, self.low, self.close, self.volume)
