"""The log of rooms in pages that are read once for all who resume, and kept for a while.

A page holds the same numbers for everybody, wherever they begin: who missed a little and who
missed much share the reading and the encoding of what both missed.
"""

import asyncio
from collections import Counter, OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from api_gateway.room_log import ReadingRoomLog, RoomPositions
from api_gateway.socket_messages import RoomDelivery, room_event
from service_kit.room import Room
from service_kit.room_queries import RoomLogState

EVENTS_A_PAGE: Final = 500
READS_AT_ONCE: Final = 3
"""So that many who come back at once leave the database to the relay, too."""
MOST_KEPT_BYTES: Final = 8 * 1024 * 1024


class PageKey(NamedTuple):
    epoch: str
    life: int
    """Another one after the room's log was put back to an older copy of itself."""
    room: str
    number: int

    @property
    def before(self) -> int:
        """The last number of the page before it."""
        return self.number * EVENTS_A_PAGE


@dataclass(frozen=True, slots=True)
class Page:
    """What the log had of a page when it was read: what it forgot is missing at the beginning."""

    events: list[RoomDelivery]

    @property
    def last_seq(self) -> int:
        return self.events[-1].seq if self.events else 0

    @property
    def size_bytes(self) -> int:
        return sum(len(one.delivery.frame) for one in self.events)

    def between(self, seq: int, told: int) -> Sequence[RoomDelivery]:
        """What follows a number, up to another; nothing when the next one is not there."""
        start = seq + 1 - (self.events[0].seq if self.events else 0)
        if not self.events or start < 0:
            return ()
        return self.events[start : start + max(0, told - seq)]


class RoomPages:
    """What reads the log raises StoreUnavailableError."""

    def __init__(self, room_log: ReadingRoomLog, positions: RoomPositions) -> None:
        self._log = room_log
        self._positions = positions
        self._reading = asyncio.Semaphore(READS_AT_ONCE)
        self._readers: dict[PageKey, asyncio.Task[Page]] = {}
        self._looking: asyncio.Task[RoomLogState] | None = None
        self._kept: OrderedDict[PageKey, Page] = OrderedDict()
        self._kept_bytes = 0
        self._lives = Counter[str]()

    async def after(self, room: Room, seq: int) -> Sequence[RoomDelivery]:
        """What this gateway told the room after a number, to the end of a page.

        Nothing when the log no longer has the next one.
        """
        key = self._key(room, seq)
        last = min(self._positions.told(room), key.before + EVENTS_A_PAGE)
        page = self._kept.get(key)
        if page is None or page.last_seq < last:
            page = await self._read(key)
        if page.last_seq < last:  # it was being read before that was told
            page = await self._read(key)
        if key in self._kept:
            self._kept.move_to_end(key)
        return page.between(seq, self._positions.told(room))

    def add(self, room: Room, told: RoomDelivery) -> None:
        """What the room is told now need not be read again by who comes back to it."""
        key = self._key(room, told.seq - 1)
        page = self._kept.get(key)
        if page is not None and page.last_seq == told.seq - 1:
            page.events.append(told)
            self._kept_bytes += len(told.delivery.frame)
        elif told.seq == key.before + 1:
            self._keep(key, Page([told]))

    def forget(self, room: Room) -> None:
        """What the room was told is no longer the beginning of what it will be told."""
        self._lives[room.name] += 1
        for key in [key for key in self._kept if key.room == room.name]:
            self._drop(key)

    async def has_reached(self, room: Room, seq: int) -> bool:
        """Whether the log has a number that a client was told, maybe by another gateway."""
        # One who joins a look may have come after it began; the next one began after that.
        return await self._head(room) >= seq or await self._head(room) >= seq

    def _key(self, room: Room, seq: int) -> PageKey:
        """Of the page with the next number."""
        epoch, life = self._positions.epoch or "", self._lives[room.name]
        return PageKey(epoch, life, room.name, seq // EVENTS_A_PAGE)

    async def _read(self, key: PageKey) -> Page:
        task = self._readers.get(key)
        if task is None:
            task = self._readers[key] = asyncio.create_task(self._load(key))
            task.add_done_callback(lambda _done: self._readers.pop(key, None))
        return await asyncio.shield(task)

    async def _load(self, key: PageKey) -> Page:
        async with self._reading:
            events = await self._log.events_after({key.room: key.before}, EVENTS_A_PAGE)
        within = [one for one in events if one.seq <= key.before + EVENTS_A_PAGE]
        page = Page([room_event(one, key.epoch) for one in within])
        self._keep(key, page)
        return self._kept.get(key, page)

    def _keep(self, key: PageKey, page: Page) -> None:
        kept = self._kept.get(key)
        if kept is not None and kept.last_seq >= page.last_seq:
            return  # the room was told more while this was read
        self._drop(key)
        self._kept[key] = page
        self._kept_bytes += page.size_bytes
        while self._kept_bytes > MOST_KEPT_BYTES and len(self._kept) > 1:
            self._drop(next(iter(self._kept)))

    def _drop(self, key: PageKey) -> None:
        page = self._kept.pop(key, None)
        self._kept_bytes -= 0 if page is None else page.size_bytes

    async def _head(self, room: Room) -> int:
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._log.state())
        return (await asyncio.shield(self._looking)).heads.get(room.name, 0)
