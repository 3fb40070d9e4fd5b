"""A room: what is said about one market and timeframe, and to whom it is said."""

from dataclasses import dataclass

from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe


@dataclass(frozen=True, slots=True)
class Room:
    symbol: Symbol
    timeframe: Timeframe

    @property
    def name(self) -> str:
        """`ETH/USDT_1h`, as clients know it."""
        return f"{self.symbol.slashed}_{self.timeframe}"
