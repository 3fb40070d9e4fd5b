"""Who runs the feed: one instance of several, by an advisory lock in the database.

A leader whose database goes away goes on: nobody else can lead then, and the stream goes on
telling what must not be missed. It stands down when the database is back and another one leads.
"""

import asyncio
from typing import Final

from market_service.feed_monitor import FeedMonitor
from service_kit.advisory_lock import Leadership
from service_kit.background import Work, cancel
from service_kit.health import ReadinessCheck
from service_kit.logging import get_logger

log = get_logger(__name__)

ROLE: Final = "market-feed"
LOOK_SECONDS: Final = 2.0
"""Longer than it takes to acquire what is free: two looks in vain, and another one leads."""


class FeedLeader:
    """Runs `work` while this instance leads; `work` ends only by cancellation."""

    def __init__(
        self,
        leadership: Leadership,
        database_ready: ReadinessCheck,
        work: Work,
        monitor: FeedMonitor,
    ) -> None:
        self._leadership = leadership
        self._database_ready = database_ready
        self._work = work
        self._monitor = monitor
        self._follows = False
        self._working: asyncio.Task[None] | None = None

    @property
    def leads(self) -> bool:
        return self._working is not None

    async def ready(self) -> str | None:
        """Ready are a follower, and a leader that has tried once to connect.

        So a clock that starts when all are ready does not start before the stream listens.
        """
        if self._follows or self._monitor.tried:
            return None
        return "connecting to the exchange"

    async def run(self) -> None:
        try:
            while True:
                await self._acquire()
                self._follows = False
                if self._working is None:
                    self._working = asyncio.create_task(self._work())
                await self._leadership.lost()
        finally:
            await self._stand_down()
            await self._leadership.release()

    async def _acquire(self) -> None:
        acquiring = asyncio.create_task(self._leadership.acquire())
        try:
            answered_before = False
            while not (await asyncio.wait({acquiring}, timeout=LOOK_SECONDS))[0]:
                answers = await self._database_answers()
                if answers and answered_before:
                    await self._stand_down()
                    self._follows = True
                answered_before = answers
            await acquiring
        finally:
            acquiring.cancel()

    async def _stand_down(self) -> None:
        working, self._working = self._working, None
        if working is not None:
            await cancel(working)
            log.info("feed_given_up")

    async def _database_answers(self) -> bool:
        try:
            async with asyncio.timeout(LOOK_SECONDS):
                return await self._database_ready() is None
        except Exception:  # noqa: BLE001 - however it fails, it does not answer
            return False
