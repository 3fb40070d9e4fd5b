"""What the market publishes on Redis goes to the sockets: in order, throttled, repeated.

Closed candles do not: they come from the log of rooms, and are only heard of here.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from typing import Final, Protocol

from prometheus_client import Counter
from pydantic import ValidationError

from api_gateway.closed_first import ClosedFirst
from api_gateway.market_picture import MarketPicture
from api_gateway.rooms import price_room
from api_gateway.socket_messages import (
    Picture,
    candle_update,
    feed_state,
    price_update,
    room_of,
)
from service_kit.events import CandleTick, Channel, FeedState, PriceTick
from service_kit.logging import get_logger
from service_kit.room import Room
from trading_core.errors import InvalidSymbolError

log = get_logger(__name__)

STEP_SECONDS: Final = 0.05
"""How often it is looked whether something that was held back is due."""


class Listening(Protocol):
    def subscribe(self, *channels: Channel) -> AsyncIterator[tuple[Channel, bytes]]: ...


class Showing(Protocol):
    def show(self, picture: Picture, to: str | None = None) -> None: ...
    def outdate(self, room: Room) -> None:
        """No picture of the room's open candle that still waits is sent."""


class RelayEvents:
    def __init__(
        self,
        bus: Listening,
        picture: MarketPicture,
        sockets: Showing,
        dropped: Counter,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._bus = bus
        self._picture = picture
        self._sockets = sockets
        self._dropped = dropped
        self._monotonic = monotonic
        self._closed_first = ClosedFirst()

    async def listen(self) -> None:
        """For ever: take in what is published."""
        async for channel, data in self._bus.subscribe(*Channel):
            try:
                self.receive(channel, data)
            except (ValidationError, InvalidSymbolError) as error:
                self._dropped.labels("redis").inc()
                log.warning("event_dropped", channel=channel, error=str(error)[:200])

    async def step(self) -> None:
        """For ever: send what was held back once it is due."""
        while True:
            self.send_what_is_due()
            await asyncio.sleep(STEP_SECONDS)

    def receive(self, channel: Channel, data: bytes) -> None:
        """Raises ValidationError or InvalidSymbolError for an event that cannot be read."""
        match channel:
            case Channel.PRICES:
                self._price(PriceTick.model_validate_json(data))
            case Channel.CANDLES:
                self._candle(CandleTick.model_validate_json(data))
            case Channel.FEED:
                self._picture.feed.hear(FeedState.model_validate_json(data), self._monotonic())
                self._send_feed()

    def send_what_is_due(self) -> None:
        now = self._monotonic()
        for _symbol, price in self._picture.prices.due(now):
            self._send_price(price)
        for _key, candle in self._picture.candles.due(now):
            self._send_candle(candle)
        for candle in self._closed_first.overdue(now):
            self._candle(candle)
        self._send_feed()

    def hear_closed(self, payload: str) -> None:
        """A closed candle went to its room: no older open one may follow it, the next one may."""
        tick = CandleTick.model_validate_json(payload)
        if self._settle(tick):
            self._sockets.outdate(room_of(tick))
        waiting = self._closed_first.gone(tick)
        if waiting is not None:
            self._candle(waiting)

    def _price(self, tick: PriceTick) -> None:
        if self._picture.prices.offer(tick.symbol, tick, self._monotonic()):
            self._send_price(tick)

    def _candle(self, tick: CandleTick) -> None:
        """No open candle goes that is not newer than what is known, nor before the closed one."""
        key = (tick.symbol, tick.timeframe)
        latest = self._picture.candles.latest(key)
        if tick.closed:
            self._closed_first.closed(tick, self._monotonic())
            self._settle(tick)
        elif (latest and _is_past(tick, latest)) or self._closed_first.holds(tick):
            return
        elif self._picture.candles.offer(key, tick, self._monotonic()):
            self._send_candle(tick)

    def _settle(self, closed: CandleTick) -> bool:
        """Take it for the latest, unless it was healed and a later one is known."""
        key = (closed.symbol, closed.timeframe)
        latest = self._picture.candles.latest(key)
        is_latest = latest is None or closed.candle[0] >= latest.candle[0]
        if is_latest:
            self._picture.candles.settle(key, closed)
        return is_latest

    def _send_price(self, tick: PriceTick) -> None:
        self._sockets.show(price_update(tick), to=price_room(tick.symbol))

    def _send_candle(self, tick: CandleTick) -> None:
        picture = candle_update(tick)
        self._sockets.show(picture, to=picture.key.subject)

    def _send_feed(self) -> None:
        state = self._picture.feed.news(self._monotonic())
        if state is not None:
            self._sockets.show(feed_state(state))


def _is_past(tick: CandleTick, latest: CandleTick) -> bool:
    opened, newest = tick.candle[0], latest.candle[0]
    return opened < newest or (opened == newest and latest.closed)
