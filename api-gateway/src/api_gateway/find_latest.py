"""The latest of the feed and of a symbol: as heard, else as cached, else as asked for."""

import time
from collections.abc import Callable
from typing import Final, Protocol, TypeVar

from pydantic import ValidationError

from api_gateway.market_picture import MarketPicture
from service_kit.cache import FEED_STATE, LIVE_CANDLE, PRICE, CacheKey
from service_kit.errors import ServiceError
from service_kit.events import CandleTick, Event, FeedState, PriceTick
from service_kit.room import Room
from trading_core.symbol import Symbol

REST_AFTER_FAILURE_SECONDS: Final = 5.0
"""A market that did not answer one subscriber does not keep the next ones waiting."""

EventT = TypeVar("EventT", bound=Event)


class Reading(Protocol):
    async def get(self, key: CacheKey, *parts: str) -> bytes | None: ...


class Asking(Protocol):
    async def get(
        self, path: str, answer: type[PriceTick], params: dict[str, str | int] | None = None
    ) -> PriceTick: ...


class FindLatest:
    def __init__(
        self,
        picture: MarketPicture,
        cache: Reading,
        market: Asking,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._picture = picture
        self._cache = cache
        self._market = market
        self._monotonic = monotonic
        self._resting_until = float("-inf")

    async def price(self, symbol: Symbol) -> PriceTick | None:
        """What had to be looked for is remembered, so that it is repeated as what is heard."""
        prices = self._picture.prices
        if prices.latest(symbol.compact) is None:
            found = _read(PriceTick, await self._cache.get(PRICE, symbol.compact))
            found = found or await self._ask(symbol)
            if found is not None and prices.latest(symbol.compact) is None:
                prices.offer(symbol.compact, found, self._monotonic())
        return prices.latest(symbol.compact)

    async def candle(self, room: Room) -> CandleTick | None:
        key = (room.symbol.compact, room.timeframe)
        heard = self._picture.candles.latest(key)
        if heard is not None:
            return heard
        cached = _read(CandleTick, await self._cache.get(LIVE_CANDLE, *key))
        return self._picture.candles.latest(key) or cached

    async def feed(self) -> FeedState:
        watch = self._picture.feed
        if not watch.was_heard:
            cached = _read(FeedState, await self._cache.get(FEED_STATE, "state"))
            if cached is not None and not watch.was_heard:
                watch.hear(cached, self._monotonic())
        return watch.state(self._monotonic())

    async def _ask(self, symbol: Symbol) -> PriceTick | None:
        if self._monotonic() < self._resting_until:
            return None
        try:
            found = await self._market.get(
                "/api/market/price", PriceTick, params={"symbol": symbol.compact}
            )
        except ServiceError:
            self._resting_until = self._monotonic() + REST_AFTER_FAILURE_SECONDS
            return None
        return found.model_copy(update={"symbol": symbol.compact})


def _read(kind: type[EventT], data: bytes | None) -> EventT | None:
    try:
        return None if data is None else kind.model_validate_json(data)
    except ValidationError:
        return None
