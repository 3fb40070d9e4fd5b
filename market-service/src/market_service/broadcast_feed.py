"""The feed's state to Redis, and the report for other replicas: on every change, every second."""

import asyncio
from typing import Final

from market_service.feed_monitor import FeedMonitor
from service_kit.cache import FEED_STATE, Cache
from service_kit.event_bus import EventBus
from service_kit.events import Channel

EVERY_SECONDS: Final = 1.0
STATE_PART: Final = "state"
REPORT_PART: Final = "report"


class FeedBroadcast:
    def __init__(self, monitor: FeedMonitor, cache: Cache, bus: EventBus) -> None:
        self._monitor = monitor
        self._cache = cache
        self._bus = bus

    async def run(self) -> None:
        while True:
            self._monitor.changed.clear()
            await self.send()
            try:
                async with asyncio.timeout(EVERY_SECONDS):
                    await self._monitor.changed.wait()
            except TimeoutError:
                continue

    async def send(self) -> None:
        state = self._monitor.state()
        await self._bus.publish(Channel.FEED, state)
        await self._cache.set(FEED_STATE, STATE_PART, value=state.to_json())
        report = self._monitor.report().model_dump_json(by_alias=True).encode()
        await self._cache.set(FEED_STATE, REPORT_PART, value=report)
