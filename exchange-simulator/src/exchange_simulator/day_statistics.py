"""The rolling 24 hours of a symbol, as both tickers tell them."""

from dataclasses import dataclass

import numpy as np

from exchange_simulator.bars import Bars
from exchange_simulator.fixed_point import UNITS
from exchange_simulator.trade_figures import AVERAGE_TRADE_QUOTE
from trading_core.timeframe import DAY_MS


@dataclass(frozen=True, slots=True)
class DayStatistics:
    """Prices and volumes in units of 1e-8; all zero where nothing was traded."""

    open_ms: int
    close_ms: int
    open: int
    high: int
    low: int
    last: int
    volume: int
    quote_volume: int
    trades: int

    @property
    def change(self) -> int:
        return self.last - self.open

    @property
    def change_percent(self) -> float:
        return 100 * self.change / self.open if self.open else 0.0

    @property
    def weighted_average(self) -> int:
        return self.quote_volume * UNITS // self.volume if self.volume else self.last


def day_statistics(bars: Bars, now_ms: int) -> DayStatistics:
    """Of the finest bars of the last 24 hours, the moving one included."""
    if not len(bars):
        return DayStatistics(now_ms - DAY_MS, now_ms, 0, 0, 0, 0, 0, 0, 0)
    typical = (bars.open + bars.high + bars.low + bars.close) / (4 * UNITS)
    quote_volume = int(np.dot(bars.volume.astype(np.float64), typical))
    return DayStatistics(
        open_ms=now_ms - DAY_MS,
        close_ms=now_ms,
        open=int(bars.open[0]),
        high=int(bars.high.max()),
        low=int(bars.low.min()),
        last=int(bars.close[-1]),
        volume=int(bars.volume.sum()),
        quote_volume=quote_volume,
        trades=quote_volume // (UNITS * AVERAGE_TRADE_QUOTE),
    )
