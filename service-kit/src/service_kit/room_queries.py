"""Read queries over the log of rooms, for whoever sends it on."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from service_kit.database import Database, driver_connection


@dataclass(frozen=True, slots=True)
class RoomEvent:
    room: str
    seq: int
    event: str
    payload: str
    """JSON text of an object, without `epoch` and `seq`."""


@dataclass(frozen=True, slots=True)
class RoomLogState:
    epoch: UUID
    heads: Mapping[str, int]
    """The newest number of each room that was ever spoken to."""


async def room_log_state(database: Database) -> RoomLogState:
    """Raises StoreUnavailableError."""
    async with driver_connection(database) as connection, connection.transaction():
        epoch = await connection.fetchval(_EPOCH)
        heads = await connection.fetch(_HEADS)
    return RoomLogState(epoch, {row["room"]: row["seq"] for row in heads})


async def room_events_after(
    database: Database, seen: Mapping[str, int], limit: int
) -> list[RoomEvent]:
    """What each room was told after the number seen, by room and number; at most `limit`.

    Raises StoreUnavailableError.
    """
    async with driver_connection(database) as connection:
        rows = await connection.fetch(_EVENTS, list(seen), list(seen.values()), limit)
    return [RoomEvent(*row) for row in rows]


_EPOCH: Final = "SELECT epoch FROM room_log"
_HEADS: Final = "SELECT room, seq FROM room_heads"
_EVENTS: Final = """
    SELECT e.room, e.seq, e.event, e.payload
    FROM unnest($1::text[], $2::bigint[]) AS seen (room, seq)
    JOIN room_events AS e ON e.room = seen.room AND e.seq > seen.seq
    ORDER BY e.room, e.seq LIMIT $3
"""
