"""Events appended to the log of rooms as any service of ours appends them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from pydantic import SecretStr

from service_kit.database import Database, create_database, driver_connection
from service_kit.event_bus import EventBus
from service_kit.events import RoomEventsHint, Stream
from service_kit.room import Room
from service_kit.room_event_store import RoomEventKind, RoomMessage, append_room_events
from service_kit.settings import DatabaseSettings


class RoomLogWriter:
    """Without a bus, nobody is told that something is there; a filler makes each event larger."""

    def __init__(self, database: Database, bus: EventBus | None = None, filler: str = "") -> None:
        self.database = database
        self._bus = bus
        self._filler = {"filler": filler} if filler else {}
        self._number = 0

    async def append(self, room: Room, count: int = 1) -> None:
        """So many events in one transaction, each with a number of its own."""
        numbers = range(self._number + 1, self._number + count + 1)
        self._number += count
        market = {"symbol": room.symbol.compact, "timeframe": room.timeframe.value}
        messages = [
            RoomMessage(
                room, RoomEventKind.NEW_SIGNAL, {**market, **self._filler, "number": number}
            )
            for number in numbers
        ]
        async with driver_connection(self.database) as connection, connection.transaction():
            await append_room_events(connection, messages)
        if self._bus is not None:
            await self._bus.hint(Stream.ROOM_EVENTS, RoomEventsHint(rooms=(room.name,)))


@asynccontextmanager
async def room_log_writer(
    database_url: str, bus: EventBus | None = None, filler: str = ""
) -> AsyncIterator[RoomLogWriter]:
    database = create_database(DatabaseSettings(database_url=SecretStr(database_url)))
    try:
        yield RoomLogWriter(database, bus, filler)
    finally:
        await database.dispose()
