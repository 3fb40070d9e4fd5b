"""The only place that writes decisions: the signal, its cursor, its events, what rooms are told.

All of one decision stands or falls together; what became of a signal is `outcome_store`'s.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID

from service_kit.database import Database, driver_connection
from service_kit.room import Room
from service_kit.room_event_store import RoomEventKind, RoomMessage, append_room_events
from service_kit.series import Series
from signals_service.cursor_store import move_cursor, take_straggler
from signals_service.signal_event import opened_event, replaced_event
from signals_service.signal_event_store import append_signal_events
from signals_service.signal_payload import signal_payload
from signals_service.signal_record import INSERT_SIGNAL, SELECT_SIGNAL, read_signal, signal_values
from signals_service.signal_row import SignalRow
from trading_core.signal_state import SignalOrigin, SignalStatus


@dataclass(frozen=True, slots=True)
class Stored:
    row: SignalRow
    messages: tuple[RoomMessage, ...]
    """What the room was told."""


class SignalStore:
    """Every method raises StoreUnavailableError; then nothing was stored."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def decide(self, row: SignalRow, cursor_ms: int) -> Stored | None:
        """Store the next decision of its series and move the cursor past its candle.

        None when another replica was first: the cursor is no longer at `cursor_ms`, or is held.
        """
        series = Series(row.symbol, row.timeframe)
        version = row.engine_version
        async with driver_connection(self._database) as connection, connection.transaction():
            after_ms = row.timestamp + series.bar_ms
            if not await move_cursor(connection, series, version, cursor_ms, after_ms):
                return None
            return await _store(connection, row)

    async def decide_straggler(self, row: SignalRow) -> Stored | None:
        """A decision of a candle behind the cursor; None when it is decided or skipped already."""
        series = Series(row.symbol, row.timeframe)
        async with driver_connection(self._database) as connection, connection.transaction():
            if not await take_straggler(connection, series, row.engine_version, row.timestamp):
                return None
            return await _store(connection, row)


async def _store(connection: Any, draft: SignalRow) -> Stored | None:  # noqa: ANN401 - asyncpg
    active = await _active_before(connection, draft)
    row = replace(draft, continues=_continued(draft, active))
    ended = [_ended(one, row) for one in active if one.side is None or one.continues is not None]
    values = (*signal_values(row), [one.id for one in ended])
    if await connection.fetchval(_INSERT_AND_EXPIRE, *values) is None:
        return None
    replaced = [replaced_event(one, row.id, row.decided_at_ms) for one in ended]
    await append_signal_events(connection, [*replaced, opened_event(row)])
    messages = tuple(_messages(row, ended))
    await append_room_events(connection, messages)
    return Stored(row, messages)


async def _active_before(connection: Any, row: SignalRow) -> list[SignalRow]:  # noqa: ANN401 - asyncpg
    key = (row.symbol.compact, row.timeframe.value, row.timestamp)
    return list(map(read_signal, await connection.fetch(_ACTIVE_BEFORE, *key)))


def _continued(row: SignalRow, active: Sequence[SignalRow]) -> UUID | None:
    """The newest signal of the same side that still runs and continues no other itself."""
    if row.side is None or row.origin is not SignalOrigin.LIVE:
        return None
    running = (one for one in active if one.side is row.side and one.continues is None)
    newest = max(running, key=lambda one: one.timestamp, default=None)
    return None if newest is None else newest.id


def _ended(one: SignalRow, by: SignalRow) -> SignalRow:
    return replace(one, status=SignalStatus.EXPIRED, closed_at_ms=by.decided_at_ms)


def _messages(row: SignalRow, ended: Sequence[SignalRow]) -> Iterator[RoomMessage]:
    """A HOLD gives way without a word, since the next signal says it; a late one has none."""
    room = Room(row.symbol, row.timeframe)
    for one in ended:
        if one.continues is not None:
            yield RoomMessage(room, RoomEventKind.SIGNAL_UPDATE, signal_payload(one))
    if row.origin is not SignalOrigin.LIVE:
        return
    kind = RoomEventKind.NEW_SIGNAL if row.continues is None else RoomEventKind.SIGNAL_UPDATE
    yield RoomMessage(room, kind, signal_payload(row))


_ACTIVE_BEFORE: Final = f"""
    {SELECT_SIGNAL} FROM signals
    WHERE symbol = $1 AND timeframe = $2::text::timeframe AND timestamp < $3
      AND status = 'active' AND origin = 'live'
    ORDER BY timestamp
"""
_INSERT_AND_EXPIRE: Final = f"""
    WITH stored AS ({INSERT_SIGNAL}), ended AS (
        UPDATE signals SET status = 'expired', closed_at_ms = $25
        WHERE id = ANY($33::uuid[]) AND EXISTS (SELECT FROM stored)
    )
    SELECT id FROM stored
"""  # noqa: S608 - constants of this package
