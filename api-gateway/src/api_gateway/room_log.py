"""The log of rooms as a gateway reads it, and how far it has passed it on; it assigns no number."""

import asyncio
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Final, Protocol

from service_kit import room_queries
from service_kit.database import Database
from service_kit.room import Room
from service_kit.room_queries import RoomEvent, RoomLogState

FIRST_READ_SECONDS: Final = 2.0
"""How long a client waits at most for the first look into the log."""


class ReadingRoomLog(Protocol):
    """Both raise StoreUnavailableError."""

    async def state(self) -> RoomLogState: ...
    async def events_after(self, seen: Mapping[str, int], limit: int) -> list[RoomEvent]: ...


class RoomLog:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def state(self) -> RoomLogState:
        return await room_queries.room_log_state(self._database)

    async def events_after(self, seen: Mapping[str, int], limit: int) -> list[RoomEvent]:
        return await room_queries.room_events_after(self._database, seen, limit)


class RoomPositions:
    """Up to which number this gateway has told each of its rooms.

    The number moves before an event is handed to the sockets that are in the room at that moment.
    So who enters, and reads the number, without waiting in between, gets every later event once.
    """

    def __init__(self, rooms: Iterable[Room]) -> None:
        self.rooms = {room.name: room for room in rooms}
        self.epoch: str | None = None
        """None until the log was read for the first time."""
        self._told = dict.fromkeys(self.rooms, 0)
        self._read = asyncio.Event()

    async def is_known(self) -> bool:
        """Whether the log was read, which a gateway that has just started may be about to do."""
        with suppress(TimeoutError):
            async with asyncio.timeout(FIRST_READ_SECONDS):
                await self._read.wait()
        return self._read.is_set()

    def told(self, room: Room) -> int:
        return self._told[room.name]

    def seen(self, names: Iterable[str]) -> dict[str, int]:
        """The numbers of those of these rooms that this gateway has."""
        return {name: self._told[name] for name in names if name in self._told}

    def behind(self, heads: Mapping[str, int]) -> dict[str, int]:
        """The numbers of rooms to which more was said than they were told."""
        return {name: seq for name, seq in self._told.items() if heads.get(name, 0) > seq}

    def follow(self, state: RoomLogState) -> list[Room]:
        """Stand where a log stands that is not the one, or is an older copy of it.

        Returns the rooms whose numbers began anew by that; none of a log that has only grown.
        """
        same = self.epoch == str(state.epoch)
        self.epoch = str(state.epoch)
        heads = {name: state.heads.get(name, 0) for name in self.rooms}
        moved = {n: seq for n, seq in heads.items() if not same or seq < self._told[n]}
        self._told |= moved
        self._read.set()
        return [self.rooms[name] for name in moved]

    def advance(self, event: RoomEvent) -> None:
        self._told[event.room] = event.seq
