"""One market in one timeframe: what is decided candle by candle, apart from all others."""

from collections.abc import Iterable
from dataclasses import dataclass

from service_kit.room import Room
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe


@dataclass(frozen=True, slots=True)
class Series:
    symbol: Symbol
    timeframe: Timeframe

    @property
    def bar_ms(self) -> int:
        return self.timeframe.duration_ms

    @property
    def key(self) -> tuple[str, str]:
        """As tables spell it: ETHUSDT, 1h."""
        return self.symbol.compact, self.timeframe.value

    @property
    def room(self) -> Room:
        return Room(self.symbol, self.timeframe)


def all_series(symbols: Iterable[Symbol]) -> tuple[Series, ...]:
    return tuple(Series(symbol, timeframe) for symbol in symbols for timeframe in Timeframe)
