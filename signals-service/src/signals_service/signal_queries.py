"""Stored signals, read for whoever asks."""

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import orjson

from service_kit.database import Database, driver_connection
from service_kit.series import Series
from signals_service.history_cursor import HistoryCursor
from signals_service.signal_record import SELECT_SIGNAL, read_signal
from signals_service.signal_row import JsonObject, SignalRow
from trading_core.decision.sides import SignalType
from trading_core.signal_state import SignalOrigin, SignalStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryPage:
    """At most `limit` signals after the cursor, newest first; None is no condition."""

    limit: int
    after: HistoryCursor | None = None
    status: SignalStatus | None = None
    signal_type: SignalType | None = None
    origin: SignalOrigin | None = None


@dataclass(frozen=True, slots=True)
class NumberedEvent:
    number: int
    kind: str
    at_ms: int
    """Event time."""
    payload: JsonObject


class SignalQueries:
    """Every method raises StoreUnavailableError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def latest_active(self, series: Series) -> SignalRow | None:
        return await self._one(_LATEST_ACTIVE, *series.key)

    async def at(self, series: Series, timestamp: int, engine_version: str) -> SignalRow | None:
        return await self._one(_AT, *series.key, timestamp, engine_version)

    async def by_id(self, signal_id: UUID) -> SignalRow | None:
        return await self._one(_BY_ID, signal_id)

    async def events(self, signal_id: UUID) -> list[NumberedEvent]:
        async with driver_connection(self._database) as connection:
            rows = await connection.fetch(_EVENTS, signal_id)
        return [
            NumberedEvent(number, kind, at_ms, orjson.loads(payload))
            for number, kind, at_ms, payload in rows
        ]

    async def history(self, series: Series, page: HistoryPage) -> list[SignalRow]:
        after = page.after
        conditions = (page.status, page.signal_type, page.origin)
        async with driver_connection(self._database) as connection:
            rows = await connection.fetch(
                _HISTORY,
                *series.key,
                after.timestamp if after else _NEVER_MS,
                after.engine_version if after else "",
                *(None if one is None else one.value for one in conditions),
                page.limit,
            )
        return list(map(read_signal, rows))

    async def _one(self, query: str, *values: Any) -> SignalRow | None:  # noqa: ANN401 - asyncpg ships no types
        async with driver_connection(self._database) as connection:
            row = await connection.fetchrow(query, *values)
        return None if row is None else read_signal(row)


_NEVER_MS: Final = 2**63 - 1
_SELECT: Final = f"{SELECT_SIGNAL} FROM signals"
_SERIES: Final = "symbol = $1 AND timeframe = $2::text::timeframe"
_BY_ID: Final = f"{_SELECT} WHERE id = $1"
_AT: Final = f"{_SELECT} WHERE {_SERIES} AND timestamp = $3 AND engine_version = $4"
_LATEST_ACTIVE: Final = f"""
    {_SELECT} WHERE {_SERIES} AND status = 'active'
    ORDER BY timestamp DESC, engine_version DESC LIMIT 1
"""
_HISTORY: Final = f"""
    {_SELECT}
    WHERE {_SERIES} AND (timestamp, engine_version) < ($3, $4)
      AND ($5::text IS NULL OR status = $5::text::signal_status)
      AND ($6::text IS NULL OR signal_type = $6::text::signal_type)
      AND ($7::text IS NULL OR origin = $7::text::signal_origin)
    ORDER BY timestamp DESC, engine_version DESC LIMIT $8
"""
_EVENTS: Final = """
    SELECT number, kind, at_ms, payload::text FROM signal_events
    WHERE signal_id = $1 ORDER BY number
"""
