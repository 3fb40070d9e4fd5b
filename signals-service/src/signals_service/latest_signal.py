"""The newest active signal of each series as JSON, kept in Redis for as long as it is true.

It is kept under an edition, an opaque token of the series. Whatever changes a signal deletes it
after its commit; who finds none makes one *before* reading the database. So what was read before
a commit is only kept under an edition that nobody asks for any more.
"""

import uuid
from collections.abc import Iterable

import orjson

from service_kit.cache import SIGNALS, Cache
from service_kit.event_bus import EventBus
from service_kit.events import RoomEventsHint, Stream
from service_kit.room import Room
from service_kit.series import Series
from signals_service.signal_payload import signal_payload
from signals_service.signal_queries import SignalQueries


class LatestSignals:
    def __init__(self, queries: SignalQueries, cache: Cache, series: Iterable[Series]) -> None:
        self._queries = queries
        self._cache = cache
        self._by_room = {Room(one.symbol, one.timeframe).name: one for one in series}

    async def read(self, series: Series) -> bytes:
        """JSON of the signal, or `null`. Raises StoreUnavailableError."""
        edition = await self._edition(series)
        kept = await self._cache.get(SIGNALS, *series.key, edition)
        if kept is not None:
            return kept
        row = await self._queries.latest_active(series)
        body = orjson.dumps(None if row is None else signal_payload(row))
        await self._cache.set(SIGNALS, *series.key, edition, value=body)
        return body

    async def forget(self, series: Series) -> None:
        """Call it after the commit."""
        await self._cache.delete(SIGNALS, *series.key, "edition")

    async def forget_what_changes(self, bus: EventBus) -> None:
        """For ever: outcomes are told to rooms too."""
        async for message in bus.hints(Stream.ROOM_EVENTS):
            for room in RoomEventsHint.model_validate_json(message).rooms:
                if room in self._by_room:
                    await self.forget(self._by_room[room])

    async def _edition(self, series: Series) -> str:
        found = await self._cache.get(SIGNALS, *series.key, "edition")
        if found is not None:
            return found.decode()
        edition = uuid.uuid4().hex
        await self._cache.set(SIGNALS, *series.key, "edition", value=edition.encode())
        return edition
