"""Trades of the past, by number or by time."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from exchange_simulator.aggregate_trades import AggregateTrade, aggregate_trades
from exchange_simulator.bars import Bars
from exchange_simulator.market import Market
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

BARS_AT_ONCE: Final = 60


@dataclass(frozen=True, slots=True)
class TradeQuery:
    """At most `limit` trades: the oldest from a number or a start on, else the newest.

    Times are bounds of a trade's own time, both inclusive.
    """

    symbol: Symbol
    from_number: int | None
    start_ms: int | None
    end_ms: int | None
    limit: int


def trade_history(market: Market, query: TradeQuery, now_ms: int) -> list[AggregateTrade]:
    """In time order, of the candles that the market moves in now; nothing after now."""
    timeframe = market.finest_timeframe(query.symbol, now_ms) or Timeframe.M1
    first = next((t for t in (query.from_number, query.start_ms) if t is not None), None)
    last_ms = now_ms if query.end_ms is None else min(now_ms, query.end_ms)

    def wanted(trade: AggregateTrade) -> bool:
        return (
            trade.number >= (query.from_number or 0)
            and (query.start_ms or 0) <= trade.time_ms <= last_ms
        )

    if first is None:
        batches = _backwards(market, query.symbol, timeframe, last_ms)
        return _newest(batches, _trades_of(market, query.symbol, timeframe), wanted, query.limit)
    batches = _forwards(market, query.symbol, timeframe, timeframe.bar_open(first), last_ms)
    return _oldest(batches, _trades_of(market, query.symbol, timeframe), wanted, query.limit)


TradesOf = Callable[[Bars], list[AggregateTrade]]
Wanted = Callable[[AggregateTrade], bool]


def _trades_of(market: Market, symbol: Symbol, timeframe: Timeframe) -> TradesOf:
    increments = market.increments(symbol)

    def trades(bars: Bars) -> list[AggregateTrade]:
        return [t for bar in bars.rows() for t in aggregate_trades(bar, timeframe, increments)]

    return trades


def _forwards(
    market: Market, symbol: Symbol, timeframe: Timeframe, first_ms: int, last_ms: int
) -> Iterator[Bars]:
    while len(bars := market.oldest(symbol, timeframe, first_ms, last_ms + 1, BARS_AT_ONCE)):
        yield bars
        first_ms = int(bars.open_ms[-1]) + 1


def _backwards(
    market: Market, symbol: Symbol, timeframe: Timeframe, last_ms: int
) -> Iterator[Bars]:
    end_ms = last_ms + 1
    while len(bars := market.newest(symbol, timeframe, end_ms, BARS_AT_ONCE)):
        yield bars
        end_ms = int(bars.open_ms[0])


def _oldest(
    batches: Iterator[Bars], trades_of: TradesOf, wanted: Wanted, limit: int
) -> list[AggregateTrade]:
    found: list[AggregateTrade] = []
    for bars in batches:
        found += filter(wanted, trades_of(bars))
        if len(found) >= limit:
            break
    return found[:limit]


def _newest(
    batches: Iterator[Bars], trades_of: TradesOf, wanted: Wanted, limit: int
) -> list[AggregateTrade]:
    found: list[AggregateTrade] = []
    for bars in batches:
        found = [*filter(wanted, trades_of(bars)), *found]
        if len(found) >= limit:
            break
    return found[-limit:]
