"""The leader's look at the feed, once a wall second, and what it leaves for others to tell."""

import asyncio
from collections import Counter
from collections.abc import Callable
from typing import Final

from market_service.quality.feed_ages import FeedAges
from service_kit.cache import FEED_AGES, Cache
from service_kit.clock import Clock
from service_kit.events import FeedState
from service_kit.logging import get_logger

log = get_logger(__name__)

EVERY_SECONDS: Final = 1.0
TELL_EVERY: Final = 10
"""Samples."""


class FeedSampler:
    def __init__(
        self,
        state: Callable[[], FeedState],
        faults: Callable[[], Counter[str]],
        cache: Cache,
        clock: Clock,
        source: str,
    ) -> None:
        """`faults` counts, by name, since this process began."""
        self._state = state
        self._faults = faults
        self._cache = cache
        self._clock = clock
        self._source = source
        self._ages: FeedAges | None = None
        self._faults_before: Counter[str] = Counter()
        self._leads = False

    async def run(self) -> None:
        """While this instance leads; it goes on where the last leader stopped."""
        ages = await self._told() or self._ages or FeedAges(self._clock.wall_ms())
        self._ages, self._leads = ages, True
        try:
            await self._sample_on(ages)
        finally:
            self._leads = False

    async def read(self) -> FeedAges | None:
        """The leader's own, anyone else's as they were told; None where nobody told any."""
        return self._ages if self._leads else await self._told()

    def sample(self, ages: FeedAges) -> None:
        ages.sample(self._clock.wall_ms(), self._state())
        faults = self._faults()
        ages.faults.update(faults - self._faults_before)
        self._faults_before = faults

    async def _sample_on(self, ages: FeedAges) -> None:
        loop = asyncio.get_running_loop()
        samples, next_at = 0, loop.time()
        while True:
            self.sample(ages)
            if samples % TELL_EVERY == 0:
                await self._cache.set(FEED_AGES, self._source, value=ages.to_json())
            samples += 1
            next_at = max(next_at + EVERY_SECONDS, loop.time())
            await asyncio.sleep(next_at - loop.time())

    async def _told(self) -> FeedAges | None:
        told = await self._cache.get(FEED_AGES, self._source)
        if told is None:
            return None
        try:
            return FeedAges.from_json(told)
        except ValueError as error:
            log.warning("feed_ages_unreadable", reason=str(error)[:200])
            return None
