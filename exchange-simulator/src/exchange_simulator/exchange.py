"""What the exchange knows at a moment: closed bars, the bars still open, the last 24 hours."""

import sys
from dataclasses import dataclass, replace

from exchange_simulator.aggregate import followed_by, summary
from exchange_simulator.aggregate_trades import AggregateTrade
from exchange_simulator.bars import Bar, Bars
from exchange_simulator.day_statistics import DayStatistics, day_statistics
from exchange_simulator.market import Market
from exchange_simulator.order_book import OrderBook, order_book
from exchange_simulator.price_path import price_path
from exchange_simulator.trade_history import TradeQuery, trade_history
from trading_core.symbol import Symbol
from trading_core.timeframe import DAY_MS, MINUTE_MS, Timeframe


@dataclass(frozen=True, slots=True)
class KlineQuery:
    """Which klines: those that open in [start_ms, end_ms], at most `limit`.

    With a start the oldest of them, without one the newest.
    """

    symbol: Symbol
    timeframe: Timeframe
    start_ms: int | None
    end_ms: int | None
    limit: int


@dataclass(frozen=True, slots=True)
class Exchange:
    """A market seen at a moment of event time; nothing after that moment shows."""

    market: Market

    def klines(self, query: KlineQuery, now_ms: int) -> list[Bar]:
        """Ascending; the last one may be open."""
        open_ms = query.timeframe.bar_open(now_ms)
        end_ms = now_ms + 1 if query.end_ms is None else query.end_ms + 1
        rows = _closed(self.market.at(now_ms), query, min(end_ms, open_ms)).rows()
        if (query.start_ms or 0) <= open_ms < end_ms:
            current = self.open_bar(query.symbol, query.timeframe, now_ms)
            rows += [current] if current else []
        return rows[-query.limit :] if query.start_ms is None else rows[: query.limit]

    def closed_at(
        self, symbol: Symbol, timeframe: Timeframe, close_ms: int, now_ms: int | None = None
    ) -> Bar | None:
        """The bar that closes at this boundary; None in an outage, or off the timeframe's grid.

        As it is told at its close, unless a later time is given.
        """
        if not timeframe.is_aligned(close_ms):
            return None
        open_ms = close_ms - timeframe.duration_ms
        market = self.market.at(close_ms if now_ms is None else now_ms)
        found = market.oldest(symbol, timeframe, open_ms, open_ms + 1, 1)
        return found.bar(0) if len(found) else None

    def open_bar(self, symbol: Symbol, timeframe: Timeframe, now_ms: int) -> Bar | None:
        """The bar so far: its closed finest bars and the one that is moving; None before one."""
        finest = self.market.finest_timeframe(symbol, now_ms)
        if finest is None or finest.duration_ms > timeframe.duration_ms:
            return None
        open_ms = timeframe.bar_open(now_ms)
        return self._since(symbol, open_ms, finest.bar_open(now_ms), now_ms)

    def _since(self, symbol: Symbol, open_ms: int, tiled_until_ms: int, now_ms: int) -> Bar | None:
        tiles = self.market.at(now_ms).tiles(symbol, open_ms, tiled_until_ms)
        moving = self.moving_bar(symbol, now_ms)
        if not len(tiles):
            return replace(moving, open_ms=open_ms) if moving else None
        closed = summary(tiles, open_ms)
        return followed_by(closed, moving) if moving else closed

    def moving_bar(self, symbol: Symbol, now_ms: int) -> Bar | None:
        """The finest bar so far; None in an outage and after the market's end."""
        finest = self.market.finest_timeframe(symbol, now_ms)
        bar = self.market.at(now_ms).finest_bar(symbol, now_ms)
        if finest is None or bar is None:
            return None
        path = price_path(bar, self.market.increments(symbol))
        return path.until((now_ms - bar.open_ms) / finest.duration_ms)

    def last_price(self, symbol: Symbol, now_ms: int) -> int:
        """Of the bar that moves, else of the last one that closed; 0 before there was one."""
        if moving := self.moving_bar(symbol, now_ms):
            return moving.close
        finest = self.market.finest_timeframe(symbol, now_ms) or Timeframe.M1
        newest = self.market.at(now_ms).newest(symbol, finest, finest.bar_open(now_ms), 1)
        return int(newest.close[-1]) if len(newest) else 0

    def order_book(self, symbol: Symbol, now_ms: int, levels: int) -> OrderBook:
        last = self.last_price(symbol, now_ms)
        return order_book(last, self.market.increments(symbol), levels if last else 0)

    def trades(self, query: TradeQuery, now_ms: int) -> list[AggregateTrade]:
        return trade_history(self.market.at(now_ms), query, now_ms)

    def trades_between(self, symbol: Symbol, first_ms: int, now_ms: int) -> list[AggregateTrade]:
        """All of them, both times inclusive."""
        query = TradeQuery(symbol, None, first_ms, now_ms, limit=sys.maxsize)
        return self.trades(query, now_ms)

    def last_day(self, symbol: Symbol, now_ms: int) -> DayStatistics:
        """The 24 hours until now, to the minute."""
        first_ms = now_ms - DAY_MS
        first_ms += -first_ms % MINUTE_MS
        finest = self.market.finest_timeframe(symbol, now_ms) or Timeframe.M1
        tiles = self.market.at(now_ms).tiles(symbol, first_ms, finest.bar_open(now_ms))
        moving = self.moving_bar(symbol, now_ms)
        last = Bars.single(moving) if moving else Bars.empty()
        return day_statistics(Bars.joined((tiles, last)), now_ms)


def _closed(market: Market, query: KlineQuery, end_ms: int) -> Bars:
    if query.start_ms is None:
        return market.newest(query.symbol, query.timeframe, end_ms, query.limit)
    return market.oldest(query.symbol, query.timeframe, query.start_ms, end_ms, query.limit)
