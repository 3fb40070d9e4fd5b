"""Answers about the newest closed bar, kept in Redis as bytes under the bar they are about.

What was computed of a bar never changes, so such an answer stays true; only which bar is the
newest changes. By the clock that is known without asking the database, once the bar is stored.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from service_kit import candle_queries
from service_kit.cache import Cache, CacheKey
from service_kit.clock import Clock
from service_kit.database import Database, pooled_connection
from service_kit.errors import UnavailableError
from service_kit.series import Series


@dataclass(frozen=True, slots=True)
class BarAnswer:
    body: bytes
    is_final: bool = True
    """Else something of it is still missing, and it is not kept."""


class BarCache:
    def __init__(self, database: Database, cache: Cache, clock: Clock, key: CacheKey) -> None:
        self._database = database
        self._cache = cache
        self._clock = clock
        self._key = key

    async def get_or_make(
        self, series: Series, name: str, make: Callable[[int], Awaitable[BarAnswer]]
    ) -> bytes:
        """The answer of this name about the newest bar; `make` is given the bar's open.

        Raises:
            UnavailableError: no candle is stored yet.
            StoreUnavailableError: the database is away, and Redis does not have the answer.

        """
        expected_ms = series.timeframe.last_closed_open(self._clock.now_ms())
        kept = await self._kept(series, name, expected_ms)
        if kept is not None:
            return kept
        newest_ms = await newest_bar(self._database, series)
        kept = None if newest_ms == expected_ms else await self._kept(series, name, newest_ms)
        return kept or await self._make(series, name, newest_ms, make)

    async def _kept(self, series: Series, name: str, bar_ms: int) -> bytes | None:
        return await self._cache.get(self._key, *series.key, str(bar_ms), name)

    async def _make(
        self, series: Series, name: str, bar_ms: int, make: Callable[[int], Awaitable[BarAnswer]]
    ) -> bytes:
        answer = await make(bar_ms)
        if answer.is_final:
            parts = (*series.key, str(bar_ms), name)
            await self._cache.set(self._key, *parts, value=answer.body)
        return answer.body


async def newest_bar(database: Database, series: Series) -> int:
    """Open of the newest stored candle.

    Raises:
        UnavailableError: there is none yet.
        StoreUnavailableError: the database is away.

    """
    async with pooled_connection(database) as connection:
        closed_until = await candle_queries.closed_until(
            connection, series.symbol, series.timeframe
        )
    if closed_until is None:
        market = series.symbol.slashed
        raise UnavailableError(f"there are no {series.timeframe} candles of {market} yet")
    return closed_until - series.bar_ms
