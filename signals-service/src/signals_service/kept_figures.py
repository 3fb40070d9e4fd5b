"""Figures made of every outcome so far: computed one after the other, and kept for a while."""

import asyncio
from collections.abc import Awaitable, Callable

from pydantic import BaseModel

from service_kit.cache import SIGNALS, Cache
from signals_service.performance_store import PerformanceStore


class KeptFigures:
    def __init__(self, store: PerformanceStore, cache: Cache) -> None:
        self._store = store
        self._cache = cache
        self._one_at_a_time = asyncio.Lock()

    async def read(
        self, question: tuple[object, ...], make: Callable[[], Awaitable[BaseModel]]
    ) -> bytes:
        """JSON that counts every outcome; equal questions are answered once a minute.

        Raises StoreUnavailableError, and whatever `make` raises.
        """
        outcomes = await self._store.outcomes()
        parts = tuple(map(str, (*question, outcomes)))
        kept = await self._cache.get(SIGNALS, *parts)
        if kept is not None:
            return kept
        async with self._one_at_a_time:
            kept = await self._cache.get(SIGNALS, *parts)
            if kept is None:
                figures = await make()
                kept = figures.model_dump_json(by_alias=True).encode()
                await self._cache.set(SIGNALS, *parts, value=kept)
        return kept
