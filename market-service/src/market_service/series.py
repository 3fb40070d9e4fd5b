"""One market in one timeframe."""

from collections.abc import Iterable
from dataclasses import dataclass

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
        """As tables and the exchange spell it: ETHUSDT, 1h."""
        return self.symbol.compact, self.timeframe.value


def all_series(symbols: Iterable[Symbol]) -> tuple[Series, ...]:
    return tuple(Series(symbol, timeframe) for symbol in symbols for timeframe in Timeframe)
