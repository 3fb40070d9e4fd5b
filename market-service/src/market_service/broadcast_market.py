"""Prices and candles to Redis: closed candles all and in order, the rest only as of now.

Offering never waits; a slow or dead Redis costs pictures, never the stream.
"""

import asyncio
from collections import deque
from typing import Final

from market_service.exact_candle import ExactCandle
from market_service.frames import TickerFrame
from service_kit.cache import LIVE_CANDLE, PRICE, Cache
from service_kit.event_bus import EventBus
from service_kit.events import CandleTick, Channel, PriceTick
from service_kit.series import Series
from trading_core.symbol import Symbol

MOST_CLOSED_WAITING: Final = 2_000
"""Beyond that the oldest are dropped: whoever needs them all reads the table."""


class MarketBroadcast:
    def __init__(self, cache: Cache, bus: EventBus, source: str) -> None:
        self._cache = cache
        self._bus = bus
        self._source = source
        self._prices: dict[Symbol, TickerFrame] = {}
        self._open: dict[Series, ExactCandle] = {}
        self._closed: deque[ExactCandle] = deque(maxlen=MOST_CLOSED_WAITING)
        self._closed_until_ms: dict[Series, int] = {}
        self._offered = asyncio.Event()

    def offer_price(self, ticker: TickerFrame) -> None:
        self._prices[ticker.symbol] = ticker
        self._offered.set()

    def offer_open(self, candle: ExactCandle) -> None:
        """A late picture of a bar that has closed is none."""
        if candle.open_ms >= self._closed_until_ms.get(candle.series, 0):
            self._open[candle.series] = candle
            self._offered.set()

    def offer_closed(self, candle: ExactCandle) -> None:
        series = candle.series
        until_ms = self._closed_until_ms.get(series, 0)
        self._closed_until_ms[series] = max(until_ms, candle.closes_at_ms)
        waiting = self._open.get(series)
        if waiting is not None and waiting.open_ms < candle.closes_at_ms:
            del self._open[series]
        self._closed.append(candle)
        self._offered.set()

    async def run(self) -> None:
        while True:
            await self._offered.wait()
            self._offered.clear()
            await self.send()

    async def send(self) -> None:
        """Send what is waiting."""
        while self._closed:
            await self._send_candle(self._closed.popleft(), closed=True)
        while self._prices:
            await self._send_price(self._prices.popitem()[1])
        while self._open:
            await self._send_candle(self._open.popitem()[1], closed=False)

    async def _send_price(self, ticker: TickerFrame) -> None:
        tick = PriceTick(
            symbol=ticker.symbol.compact,
            price=ticker.price,
            timestamp=ticker.sent_at_ms,
            change_24h=ticker.change_24h_percent,
            high_24h=ticker.high_24h,
            low_24h=ticker.low_24h,
            volume_24h=ticker.volume_24h,
            source=self._source,
        )
        await self._bus.publish(Channel.PRICES, tick)
        await self._cache.set(PRICE, tick.symbol, value=tick.to_json())

    async def _send_candle(self, candle: ExactCandle, *, closed: bool) -> None:
        symbol, timeframe = candle.series.key
        tick = CandleTick(
            symbol=symbol, timeframe=candle.series.timeframe, candle=candle.row(), closed=closed
        )
        await self._bus.publish(Channel.CANDLES, tick)
        await self._cache.set(LIVE_CANDLE, symbol, timeframe, value=tick.to_json())
