"""Sends frames to those who listen.

Open candles and tickers go out as wall time passes, closed candles at their close: all of them,
in time order.
"""

import asyncio
from dataclasses import dataclass, field
from typing import Final

from exchange_simulator.exchange import Exchange
from exchange_simulator.kline_message import kline_frame
from exchange_simulator.stream_frame import Outlet, StreamFrame
from exchange_simulator.stream_name import kline_stream, mini_ticker_stream, ticker_stream
from exchange_simulator.ticker_message import mini_ticker_frame, ticker_frame
from service_kit.clock import Clock
from trading_core.symbol import Symbol
from trading_core.timeframe import MINUTE_MS, Timeframe

OPEN_FRAME_SECONDS: Final = 1.0
"""Wall time between two frames of an open candle, and between two tickers."""


@dataclass(slots=True)
class Broadcast:
    """Candles that close after it was made are announced exactly once, however late it runs."""

    exchange: Exchange
    clock: Clock
    outlet: Outlet
    frame_seconds: float = OPEN_FRAME_SECONDS
    _next_close_ms: int = field(init=False)

    def __post_init__(self) -> None:
        self._next_close_ms = Timeframe.M1.next_close(self.clock.now_ms())

    @property
    def told_until_ms(self) -> int:
        """Every close until then has been announced."""
        return self._next_close_ms - 1

    async def announce_closes(self) -> None:
        while True:
            await self.clock.sleep_until(self._next_close_ms)
            await self.send_due_closes()

    async def announce_prices(self) -> None:
        while True:
            self.send_open_frames(await self.send_due_closes())
            await asyncio.sleep(self.frame_seconds)

    async def send_due_closes(self) -> int:
        """Every close that has not been sent, minute after minute; the time until which.

        Writers have their turn after every minute, so that a late loop fills no backlog.
        """
        while self._next_close_ms <= (now_ms := self.clock.now_ms()):
            close_ms, self._next_close_ms = self._next_close_ms, self._next_close_ms + MINUTE_MS
            for symbol in self.exchange.market.symbols:
                self._send_closed(symbol, close_ms, now_ms)
            await asyncio.sleep(0)
        return now_ms

    def _send_closed(self, symbol: Symbol, close_ms: int, now_ms: int) -> None:
        for timeframe in Timeframe:
            stream = kline_stream(symbol, timeframe)
            if not (timeframe.is_aligned(close_ms) and self.outlet.wanted(stream)):
                continue
            bar = self.exchange.closed_at(symbol, timeframe, close_ms)
            if bar:
                frame = kline_frame(symbol, timeframe, bar, closed=True, event_ms=now_ms)
                self.outlet.publish(StreamFrame(stream, frame, symbol, timeframe, closing=True))

    def send_open_frames(self, now_ms: int) -> None:
        for symbol in self.exchange.market.symbols:
            for timeframe in Timeframe:
                self._send_open(symbol, timeframe, now_ms)
            self._send_tickers(symbol, now_ms)

    def _send_open(self, symbol: Symbol, timeframe: Timeframe, now_ms: int) -> None:
        stream = kline_stream(symbol, timeframe)
        if not self.outlet.wanted(stream):
            return
        bar = self.exchange.open_bar(symbol, timeframe, now_ms)
        if bar:
            frame = kline_frame(symbol, timeframe, bar, closed=False, event_ms=now_ms)
            self.outlet.publish(StreamFrame(stream, frame, symbol, timeframe))

    def _send_tickers(self, symbol: Symbol, now_ms: int) -> None:
        full, mini = ticker_stream(symbol), mini_ticker_stream(symbol)
        if not (self.outlet.wanted(full) or self.outlet.wanted(mini)):
            return
        day = self.exchange.last_day(symbol, now_ms)
        increments = self.exchange.market.increments(symbol)
        self.outlet.publish(StreamFrame(full, ticker_frame(symbol, day, increments), symbol))
        self.outlet.publish(StreamFrame(mini, mini_ticker_frame(symbol, day), symbol))
