"""What an exchange needs from a market: its bars, whatever they come from."""

from dataclasses import dataclass
from typing import Final, Protocol

from exchange_simulator.bars import Bar, Bars
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe


@dataclass(frozen=True, slots=True)
class Increments:
    """The smallest steps of a symbol's prices and volumes, in units of 1e-8."""

    price: int
    volume: int


CENT: Final = Increments(price=1_000_000, volume=10_000)
"""Steps of 0.01 and 0.0001, as the exchange lists ETH/USDT."""


class Market(Protocol):
    """Bars by open time, future ones included: it is for the caller to ask only for the past.

    Symbols given to it are among `symbols`. `end_ms` is always exclusive.
    """

    @property
    def symbols(self) -> tuple[Symbol, ...]: ...

    def at(self, now_ms: int) -> "Market":
        """The market as it is told at this time; what was told before may have been revised."""
        ...

    def increments(self, symbol: Symbol) -> Increments: ...

    def oldest(
        self, symbol: Symbol, timeframe: Timeframe, first_ms: int, end_ms: int, count: int
    ) -> Bars:
        """The first `count` bars that open in [first_ms, end_ms)."""
        ...

    def newest(self, symbol: Symbol, timeframe: Timeframe, end_ms: int, count: int) -> Bars:
        """The last `count` bars that open before `end_ms`."""
        ...

    def tiles(self, symbol: Symbol, first_ms: int, end_ms: int) -> Bars:
        """The finest bars there are that lie wholly in [first_ms, end_ms), none twice."""
        ...

    def finest_timeframe(self, symbol: Symbol, time_ms: int) -> Timeframe | None:
        """Of the bars that the market moves in at this time; None where it does not trade."""
        ...

    def finest_bar(self, symbol: Symbol, time_ms: int) -> Bar | None:
        """The finest bar that contains this time; None in an outage or where it does not trade."""
        ...
