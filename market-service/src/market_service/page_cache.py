"""Answers with the newest candles, kept in Redis as bytes for as long as they are true.

Pages live under an edition, an opaque token of the series. Whoever commits candles deletes it;
who finds none makes one *before* reading the database. So a page read before a commit can only be
kept under an edition that nobody asks for any more. The bar that is open by the clock is part of
every name: whatever Redis remembers from before an accident is void with the next close.
"""

import uuid
from collections.abc import Awaitable, Callable

from service_kit.cache import CANDLES, Cache
from service_kit.clock import Clock
from service_kit.series import Series


class PageCache:
    def __init__(self, cache: Cache, clock: Clock) -> None:
        self._cache = cache
        self._clock = clock

    async def get_or_read(
        self, series: Series, name: str, read: Callable[[], Awaitable[bytes]]
    ) -> bytes:
        """The page of this name, read where it is not kept. Without Redis: always read."""
        parts = self._parts(series)
        edition = await self._edition(parts)
        page = await self._cache.get(CANDLES, *parts, edition, name)
        if page is None:
            page = await read()
            await self._cache.set(CANDLES, *parts, edition, name, value=page)
        return page

    async def forget(self, series: Series) -> None:
        """Call it after the commit."""
        await self._cache.delete(CANDLES, *self._parts(series), "edition")

    async def _edition(self, parts: tuple[str, ...]) -> str:
        found = await self._cache.get(CANDLES, *parts, "edition")
        if found is not None:
            return found.decode()
        edition = uuid.uuid4().hex
        await self._cache.set(CANDLES, *parts, "edition", value=edition.encode())
        return edition

    def _parts(self, series: Series) -> tuple[str, ...]:
        open_ms = series.timeframe.bar_open(self._clock.now_ms())
        return (*series.key, str(open_ms))
