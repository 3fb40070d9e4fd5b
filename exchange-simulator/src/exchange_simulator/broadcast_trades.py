"""Sends trades and best prices to those who listen, several times a second."""

import asyncio
from dataclasses import dataclass, field
from typing import Final

from exchange_simulator.book_message import book_ticker_frame
from exchange_simulator.exchange import Exchange
from exchange_simulator.stream_frame import Outlet, StreamFrame
from exchange_simulator.stream_name import (
    aggregate_trade_stream,
    book_ticker_stream,
    trade_stream,
)
from exchange_simulator.trade_message import aggregate_frame, trade_frames
from service_kit.clock import Clock
from trading_core.symbol import Symbol

TRADE_FRAME_SECONDS: Final = 0.2


@dataclass(slots=True)
class BroadcastTrades:
    """Trades that happen after it was made are told exactly once, in time order."""

    exchange: Exchange
    clock: Clock
    outlet: Outlet
    _told_until_ms: int = field(init=False)

    def __post_init__(self) -> None:
        self._told_until_ms = self.clock.now_ms()

    async def announce_trades(self) -> None:
        while True:
            self.send_due()
            await asyncio.sleep(TRADE_FRAME_SECONDS)

    def send_due(self) -> None:
        now_ms = self.clock.now_ms()
        if now_ms <= self._told_until_ms:
            return
        for symbol in self.exchange.market.symbols:
            self._send_trades(symbol, now_ms)
            self._send_best_prices(symbol, now_ms)
        self._told_until_ms = now_ms

    def _send_trades(self, symbol: Symbol, now_ms: int) -> None:
        aggregated, single = aggregate_trade_stream(symbol), trade_stream(symbol)
        if not (self.outlet.wanted(aggregated) or self.outlet.wanted(single)):
            return
        for trade in self.exchange.trades_between(symbol, self._told_until_ms + 1, now_ms):
            frame = aggregate_frame(symbol, trade, now_ms)
            self.outlet.publish(StreamFrame(aggregated, frame, symbol))
            for one in trade_frames(symbol, trade, now_ms):
                self.outlet.publish(StreamFrame(single, one, symbol))

    def _send_best_prices(self, symbol: Symbol, now_ms: int) -> None:
        stream = book_ticker_stream(symbol)
        if self.outlet.wanted(stream):
            book = self.exchange.order_book(symbol, now_ms, 1)
            self.outlet.publish(
                StreamFrame(stream, book_ticker_frame(symbol, book, now_ms), symbol)
            )
