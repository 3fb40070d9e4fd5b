"""The only place that writes the log of rooms: what is appended is sent, once and in order."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

import orjson

from service_kit.database import Database, driver_connection
from service_kit.room import Room


class RoomEventKind(StrEnum):
    """What must not be missed, by the name that clients know."""

    NEW_SIGNAL = "new_signal"
    SIGNAL_UPDATE = "signal_update"
    INDICATOR_UPDATE = "indicator_update"
    CANDLE_UPDATE = "candle_update"


@dataclass(frozen=True, slots=True)
class RoomMessage:
    room: Room
    event: RoomEventKind
    payload: dict[str, Any]  # Any: JSON


async def append_room_events(
    connection: Any,  # noqa: ANN401 - asyncpg ships no types
    messages: Iterable[RoomMessage],
) -> None:
    """Within the caller's transaction: what is said stands and falls with what was done.

    Keeps each room's lock until the commit; rooms are taken in one order, so that two writers
    never wait for each other. What is said to one room keeps the order given.
    """
    ordered = sorted(messages, key=lambda one: one.room.name)
    if not ordered:
        return
    rooms = [message.room.name for message in ordered]
    events = [message.event.value for message in ordered]
    bodies = [orjson.dumps(message.payload).decode() for message in ordered]
    await connection.execute(_APPEND, rooms, events, bodies)


async def prune_room_events(database: Database, keep_seconds: float, keep_newest: int) -> int:
    """Forget what is older, except each room's newest; returns how many are gone.

    Raises StoreUnavailableError.
    """
    async with driver_connection(database) as connection:
        status = await connection.execute(_PRUNE, keep_seconds, keep_newest)
    return int(status.split()[-1])


# What is volatile in a select list is evaluated after the sort, so in its order.
_APPEND: Final = """
    SELECT append_room_event(room, event, body)
    FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS said (room, event, body, n)
    ORDER BY n
"""
_PRUNE: Final = """
    DELETE FROM room_events AS old USING room_heads AS head
    WHERE old.room = head.room AND old.seq <= head.seq - $2::bigint
      AND old.appended_at < clock_timestamp() - make_interval(secs => $1)
"""
