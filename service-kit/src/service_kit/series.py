"""One market in one timeframe."""

from collections.abc import Iterable
from dataclasses import dataclass

from service_kit.errors import BadRequestError, NotFoundError
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

    def checked_bar(self, bar_open_ms: int) -> int:
        """Raises BadRequestError for a time at which no bar of the timeframe opens."""
        if not self.timeframe.is_aligned(bar_open_ms):
            raise BadRequestError(f"no {self.timeframe} bar opens at {bar_open_ms}")
        return bar_open_ms


def all_series(symbols: Iterable[Symbol]) -> tuple[Series, ...]:
    return tuple(Series(symbol, timeframe) for symbol in symbols for timeframe in Timeframe)


def watched_symbol(watched: Iterable[Symbol], text: str) -> Symbol:
    """Raises InvalidSymbolError, and NotFoundError for a market that is not watched."""
    symbol = Symbol.parse(text)
    if symbol not in watched:
        raise NotFoundError(f"{symbol.slashed} is not watched here")
    return symbol


def watched_series(watched: Iterable[Symbol], symbol: str, timeframe: Timeframe) -> Series:
    """Raises as `watched_symbol` does."""
    return Series(watched_symbol(watched, symbol), timeframe)
