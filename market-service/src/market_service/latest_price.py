"""The newest price there is: the feed's while it lasts, else the newest closed minute's."""

from typing import Final

from market_service.schemas import Price
from service_kit.cache import PRICE, Cache
from service_kit.candle_queries import newest_candle
from service_kit.clock import Clock
from service_kit.database import Database, pooled_connection
from service_kit.errors import UnavailableError
from service_kit.events import PriceTick
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

STALE_AFTER_MS: Final = 10_000
"""Wall time."""


class LatestPrice:
    def __init__(self, engine: Database, cache: Cache, clock: Clock, source: str) -> None:
        self._engine = engine
        self._cache = cache
        self._clock = clock
        self._source = source

    async def read(self, symbol: Symbol) -> Price:
        """Raises UnavailableError where there is no price at all, or no way to know it."""
        told = await self._cache.get(PRICE, symbol.compact)
        tick = PriceTick.model_validate_json(told) if told else await self._from_candles(symbol)
        age_ms = self._clock.age_ms(tick.timestamp)
        return Price(
            **tick.model_dump(exclude={"symbol"}),
            symbol=symbol.slashed,
            age_ms=age_ms,
            stale=age_ms > STALE_AFTER_MS,
        )

    async def _from_candles(self, symbol: Symbol) -> PriceTick:
        async with pooled_connection(self._engine) as connection:
            newest = await newest_candle(connection, symbol, Timeframe.M1)
        if newest is None:
            raise UnavailableError(f"there is no price of {symbol.slashed} yet")
        return PriceTick(
            symbol=symbol.compact,
            price=float(newest.close),
            timestamp=newest.timestamp + Timeframe.M1.duration_ms,
            source=self._source,
        )
