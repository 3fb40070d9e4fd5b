"""A socket gets what it missed of a room, in order, and goes on live without a hole or a double.

While it is being told what it missed it is not in the room. It enters in the very step in which
it has all that the room was told. What it missed comes in pages, of whichever of its rooms, the
next one when its transport has taken the last; so what waits for who reads is bounded. Where the
log cannot say what it missed, a snapshot comes first.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Final, Protocol

from api_gateway.room_log import RoomPositions
from api_gateway.socket_events import Place
from api_gateway.socket_messages import (
    Payload,
    RoomDelivery,
    SnapshotReason,
    snapshot,
)
from service_kit.errors import StoreUnavailableError
from service_kit.logging import get_logger
from service_kit.room import Room

log = get_logger(__name__)

MOST_RESUMED: Final = 50_000
"""Ten minutes at 4,000 events a minute, all in one room, and a quarter more."""
PAGES_AT_ONCE: Final = 20
"""Sent in one turn of the loop, however many come back at once."""
MOST_PAGE_BYTES: Final = 1024 * 1024
"""Of what is put before one socket in one go; far from what cuts a slow one off."""
CATCH_UP_SECONDS: Final = 0.02
RETRY_SECONDS: Final = 1.0


class Listeners(Protocol):
    def tell(self, socket_id: str, told: Sequence[RoomDelivery]) -> None: ...
    def listen(self, socket_id: str, room: Room) -> None: ...
    def mute(self, socket_id: str, room: Room) -> None: ...
    def listeners(self, room: Room) -> list[str]: ...
    def is_connected(self, socket_id: str) -> bool: ...
    async def drained(self, socket_id: str) -> None:
        """Return when its transport has taken what was sent, or it is gone."""

    def cut_off(self, socket_id: str) -> None: ...


class ReadingPages(Protocol):
    """Both raise StoreUnavailableError."""

    async def after(self, room: Room, seq: int) -> Sequence[RoomDelivery]:
        """Some of what the room was told after a number; nothing when the next one is gone."""

    def add(self, room: Room, told: RoomDelivery) -> None: ...
    def forget(self, room: Room) -> None: ...

    async def has_reached(self, room: Room, seq: int) -> bool:
        """Whether the log has that number."""


class MakingSnapshots(Protocol):
    async def of(self, room: Room, epoch: str, seq: int) -> Payload: ...


@dataclass(frozen=True, slots=True)
class Start:
    """From where on a socket is told: after `seq`, or from a snapshot that stands there."""

    epoch: str
    seq: int
    missed: int
    reason: SnapshotReason | None = None


@dataclass(slots=True)
class _Returner:
    """A socket that is being told of rooms."""

    tellings: dict[Room, asyncio.Task[None]] = field(default_factory=dict)
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    """Held by the room whose page is put before the socket."""


class ResumeRooms:
    def __init__(
        self,
        pages: ReadingPages,
        positions: RoomPositions,
        sockets: Listeners,
        snapshots: MakingSnapshots,
    ) -> None:
        self._pages = pages
        self._positions = positions
        self._sockets = sockets
        self._snapshots = snapshots
        self._telling = asyncio.Semaphore(PAGES_AT_ONCE)
        self._returners: dict[str, _Returner] = {}

    async def start_at(self, place: Place) -> Start:
        """How to go on from a place. Raises StoreUnavailableError."""
        if not await self._positions.is_known():
            raise StoreUnavailableError("the log of rooms cannot be read yet")
        reason = await self._reason_for_snapshot(place)
        if reason is not None:
            return self._snapshot(place.room, reason)
        missed = max(0, self._positions.told(place.room) - place.seq)
        return Start(place.epoch, place.seq, missed)

    def begin(self, socket_id: str, room: Room, start: Start) -> None:
        """Tell a socket of the room from there on; returns before anything is sent."""
        self.stop(socket_id, room)
        self._sockets.mute(socket_id, room)
        returner = self._returners.setdefault(socket_id, _Returner())
        task = asyncio.create_task(self._tell(socket_id, room, start, returner.turn))
        returner.tellings[room] = task
        task.add_done_callback(lambda done: self._ended(socket_id, room, done))

    def keep(self, room: Room, told: RoomDelivery) -> None:
        """What the room is told now, for who comes back to it."""
        self._pages.add(room, told)

    def break_off(self, room: Room, reason: SnapshotReason) -> None:
        """Everybody in the room gets a snapshot of it, and goes on from there."""
        self._pages.forget(room)
        being_told = {one for one, returner in self._returners.items() if room in returner.tellings}
        for socket_id in being_told.union(self._sockets.listeners(room)):
            self.begin(socket_id, room, self._snapshot(room, reason))

    def stop(self, socket_id: str, room: Room) -> None:
        """What the socket is being told of the room ends here."""
        returner = self._returners.get(socket_id, _Returner())
        task = returner.tellings.pop(room, None)
        if task is not None:
            task.cancel()

    def forget(self, socket_id: str) -> None:
        returner = self._returners.pop(socket_id, _Returner())
        for task in returner.tellings.values():
            task.cancel()

    async def _reason_for_snapshot(self, place: Place) -> SnapshotReason | None:
        told = self._positions.told(place.room)
        if place.epoch != self._positions.epoch:
            return SnapshotReason.UNKNOWN_EPOCH
        if place.seq > told:  # another gateway may have been quicker than this one
            is_there = await self._pages.has_reached(place.room, place.seq)
            return None if is_there else SnapshotReason.AHEAD_OF_LOG
        if told - place.seq > MOST_RESUMED:
            return SnapshotReason.TOO_MANY
        if place.seq < told and not await self._pages.after(place.room, place.seq):
            return SnapshotReason.TOO_OLD
        return None

    def _snapshot(self, room: Room, reason: SnapshotReason) -> Start:
        return Start(self._positions.epoch or "", self._positions.told(room), 0, reason)

    def _ended(self, socket_id: str, room: Room, task: asyncio.Task[None]) -> None:
        returner = self._returners.get(socket_id, _Returner())
        if returner.tellings.get(room) is task:
            del returner.tellings[room]
        if not returner.tellings:
            self._returners.pop(socket_id, None)

    async def _tell(self, socket_id: str, room: Room, start: Start, turn: asyncio.Lock) -> None:
        at: Start | None = start
        while at is not None and self._sockets.is_connected(socket_id):
            try:
                at = await self._tell_more(socket_id, room, at, turn)
            except StoreUnavailableError:
                await asyncio.sleep(RETRY_SECONDS)
            except Exception:
                log.exception("resume_crashed", room=room.name)
                self._sockets.cut_off(socket_id)  # it would never hear the room again
                return

    async def _tell_more(
        self, socket_id: str, room: Room, at: Start, turn: asyncio.Lock
    ) -> Start | None:
        """Send a snapshot or a page, or enter the room; returns what to go on with, if anything."""
        told = self._positions.told(room)
        if at.reason is not None:
            return await self._send_snapshot(socket_id, room, at, at.reason)
        if at.epoch != self._positions.epoch:
            return self._snapshot(room, SnapshotReason.LOG_RESTARTED)
        if at.seq == told:
            self._sockets.listen(socket_id, room)
            return None
        if at.seq > told:  # the relay of this gateway is about to get there
            await asyncio.sleep(CATCH_UP_SECONDS)
            return at
        async with turn:
            return await self._tell_a_page(socket_id, room, at)

    async def _tell_a_page(self, socket_id: str, room: Room, at: Start) -> Start:
        """Once its transport has taken the last one; after it nothing waits: no event slips in."""
        await self._sockets.drained(socket_id)
        async with self._telling:
            await asyncio.sleep(0)  # what is live goes out between the pages
            page = _first_of(await self._pages.after(room, at.seq))
            if not page:
                return self._snapshot(room, SnapshotReason.TOO_OLD)
            self._sockets.tell(socket_id, page)
        return Start(at.epoch, page[-1].seq, at.missed)

    async def _send_snapshot(
        self, socket_id: str, room: Room, at: Start, reason: SnapshotReason
    ) -> Start:
        payload = {**await self._snapshots.of(room, at.epoch, at.seq), "reason": reason.value}
        self._sockets.tell(socket_id, [snapshot(at.seq, payload)])
        return Start(at.epoch, at.seq, 0)


def _first_of(page: Sequence[RoomDelivery]) -> Sequence[RoomDelivery]:
    """As many as may be put before a socket in one go; one at least, if there is any."""
    sizes = accumulate(len(told.delivery.frame) for told in page)
    return page[: max(1, sum(size <= MOST_PAGE_BYTES for size in sizes))]
