"""What a rebuild reads and writes of `signals`: whole chunks, by COPY, each in one transaction."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from service_kit.database import Database, driver_connection
from service_kit.errors import ConflictError
from service_kit.series import Series
from signals_service.outcome_store import UPDATE_OUTCOMES, outcome_columns
from signals_service.rebuild.lifecycle import Life, OpenPosition
from signals_service.signal_event import SignalEvent
from signals_service.signal_event_store import append_signal_events
from signals_service.signal_record import (
    SELECT_SIGNAL,
    SIGNAL_COLUMNS,
    read_signal,
    signal_values,
    write_json,
)
from signals_service.signal_row import SignalRow
from trading_core.decision.sides import Side
from trading_core.time_range import TimeRange


@dataclass(frozen=True, slots=True)
class ChunkBars:
    """Opens of stored candles, ascending."""

    undecided: tuple[int, ...]
    """Backfilled ones without a row of this engine."""
    decided: tuple[int, ...]
    """With one, of whatever origin."""


class RebuildStore:
    """Of one series and engine. Every method raises StoreUnavailableError."""

    def __init__(self, database: Database, series: Series, engine_version: str) -> None:
        self._database = database
        self._key = (*series.key, engine_version)

    @asynccontextmanager
    async def alone(self) -> AsyncIterator[None]:
        """Nobody else rebuilds the series inside the block. Raises ConflictError."""
        name = "/".join(("rebuild", *self._key))
        async with driver_connection(self._database) as connection:
            if not await connection.fetchval(_TRY_LOCK, name):
                raise ConflictError(f"{self._key[0]} {self._key[1]} is being rebuilt already")
            try:
                yield
            finally:
                await connection.execute(_UNLOCK, name)

    async def history(self, since_ms: int, until_ms: int) -> tuple[TimeRange | None, int]:
        """From the first to the last bar that is undecided in [since, until), and how many are."""
        row = await self._fetch(_HISTORY, since_ms, until_ms)
        first_ms, last_ms, count = row[0]
        return (None if first_ms is None else TimeRange(first_ms, last_ms + 1)), count

    async def bars(self, within: TimeRange) -> ChunkBars:
        rows = await self._fetch(_BARS, within.start_ms, within.end_ms)
        times: dict[bool, list[int]] = {True: [], False: []}
        for timestamp, is_decided in rows:
            times[is_decided].append(timestamp)
        return ChunkBars(tuple(times[False]), tuple(times[True]))

    async def open_positions(self, since_ms: int, now_ms: int) -> list[OpenPosition]:
        """Rebuilt ones of bars that open in [since, now) and were not left by `now`."""
        rows = await self._fetch(_OPEN_POSITIONS, since_ms, now_ms)
        return [OpenPosition(row[0], Side(row[1]), row[2]) for row in rows]

    async def unfinished(self) -> list[SignalRow]:
        """Rebuilt signals whose candles had ended before they did."""
        return list(map(read_signal, await self._fetch(_UNFINISHED)))

    async def save(self, lives: Sequence[Life]) -> None:
        """New rows with all their events; the ones before them give way."""
        async with driver_connection(self._database) as connection, connection.transaction():
            await connection.copy_records_to_table(
                "signals", records=[signal_values(life.row) for life in lives], columns=_COLUMNS
            )
            await connection.copy_records_to_table(
                "signal_events",
                records=[record for life in lives for record in _event_records(life)],
                columns=("signal_id", "number", "kind", "at_ms", "payload"),
            )
            await connection.execute(_REPLACE, *self._key)

    async def update(self, rows: Sequence[SignalRow], events: Sequence[SignalEvent]) -> None:
        """Signals that were followed further."""
        async with driver_connection(self._database) as connection, connection.transaction():
            await connection.execute(UPDATE_OUTCOMES, *outcome_columns(rows))
            await append_signal_events(connection, events)

    async def finish(self) -> None:
        """What was active until the next decision gives way where there is one by now.

        The planner learns what the tables hold at once: its own round may be a minute away.
        """
        async with driver_connection(self._database) as connection:
            await connection.execute(_REPLACE, *self._key)
            await connection.execute(_ANALYZE)

    async def _fetch(self, query: str, *arguments: object) -> Any:  # noqa: ANN401 - asyncpg
        async with driver_connection(self._database) as connection:
            return await connection.fetch(query, *self._key, *arguments)


_Record = tuple[UUID, int, str, int, str | None]


def _event_records(life: Life) -> list[_Record]:
    return [
        (event.signal_id, number, event.kind.value, event.at_ms, write_json(event.payload))
        for number, event in enumerate(life.events, start=1)
    ]


_COLUMNS: Final = tuple(name.strip().split("::")[0] for name in SIGNAL_COLUMNS.split(","))
_ANALYZE: Final = "ANALYZE signals, signal_events, confidence_maps"
_TRY_LOCK: Final = "SELECT pg_try_advisory_lock(hashtextextended($1, 0))"
_UNLOCK: Final = "SELECT pg_advisory_unlock(hashtextextended($1, 0))"
_SERIES: Final = "symbol = $1 AND timeframe = $2::text::timeframe"
_SIGNALS: Final = f"{_SERIES} AND engine_version = $3"
# Sets, not EXISTS: a table that was just filled has no statistics to plan a join by.
_HISTORY: Final = f"""
    SELECT min(timestamp), max(timestamp), count(*) FROM (
        SELECT timestamp FROM ohlcv_data
        WHERE {_SERIES} AND timestamp >= $4 AND timestamp < $5 AND origin = 'backfill'
        EXCEPT
        SELECT timestamp FROM signals WHERE {_SIGNALS} AND timestamp >= $4 AND timestamp < $5
    ) AS undecided
"""  # noqa: S608 - constants of this file
_BARS: Final = f"""
    SELECT timestamp, bool_or(is_decided) FROM (
        SELECT timestamp, false AS is_decided FROM ohlcv_data
        WHERE {_SERIES} AND timestamp >= $4 AND timestamp < $5 AND origin = 'backfill'
        UNION ALL
        SELECT timestamp, true FROM signals
        WHERE {_SIGNALS} AND timestamp >= $4 AND timestamp < $5
    ) AS bars
    GROUP BY timestamp ORDER BY timestamp
"""  # noqa: S608 - constants of this file
# The end of an unfinished one's horizon stands in its progress.
_OPEN_POSITIONS: Final = f"""
    SELECT id, signal_type::text, left_ms FROM (
        SELECT id, signal_type, timestamp, coalesce(
            closed_at_ms, (progress->'position'->>'horizon_end_ms')::bigint
        ) AS left_ms
        FROM signals
        WHERE {_SIGNALS} AND timestamp >= $4 AND timestamp < $5 AND origin = 'historical'
          AND signal_type <> 'HOLD' AND continues IS NULL
    ) AS positions
    WHERE left_ms > $5 ORDER BY timestamp
"""  # noqa: S608 - constants of this file
_UNFINISHED: Final = f"""
    {SELECT_SIGNAL} FROM signals
    WHERE {_SIGNALS} AND origin = 'historical' AND progress IS NOT NULL ORDER BY timestamp
"""
_REPLACE: Final = f"""
    WITH gone AS (
        UPDATE signals SET status = 'expired', closed_at_ms = following.decided_at_ms
        FROM (
            SELECT idle.id, later.id AS by, later.decided_at_ms
            FROM signals AS idle CROSS JOIN LATERAL (
                SELECT id, decided_at_ms FROM signals
                WHERE {_SIGNALS} AND signals.timestamp > idle.timestamp
                ORDER BY timestamp LIMIT 1
            ) AS later
            WHERE idle.symbol = $1 AND idle.timeframe = $2::text::timeframe
              AND idle.engine_version = $3 AND idle.status = 'active'
              AND idle.origin = 'historical'
              AND (idle.signal_type = 'HOLD' OR idle.continues IS NOT NULL)
        ) AS following
        WHERE signals.id = following.id
        RETURNING signals.id, following.by, signals.closed_at_ms
    )
    INSERT INTO signal_events (signal_id, number, kind, at_ms, payload)
    SELECT id, (SELECT max(number) + 1 FROM signal_events WHERE signal_id = gone.id), 'replaced',
        closed_at_ms, jsonb_build_object('status', 'expired', 'replacedBy', by::text)
    FROM gone
"""  # noqa: S608 - constants of this file
