"""The only place that writes what became of a signal."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final

import orjson

from service_kit.database import Database, driver_connection
from service_kit.room_event_store import RoomMessage, append_room_events
from signals_service.signal_event import SignalEvent
from signals_service.signal_event_store import append_signal_events
from signals_service.signal_outcome import position_of
from signals_service.signal_record import SELECT_SIGNAL, read_signal, write_json
from signals_service.signal_row import SignalRow
from trading_core.decision.engine import Engine
from trading_core.outcomes.progress import Progress
from trading_core.symbol import Symbol

AT_ONCE: Final = 500
"""Signals that are followed in one transaction."""


@dataclass(frozen=True, slots=True)
class FollowedSignal:
    row: SignalRow
    progress: Progress


@dataclass(frozen=True, slots=True)
class Claim:
    """Signals that nobody else follows until the transaction ends."""

    signals: tuple[FollowedSignal, ...]
    _connection: Any  # asyncpg ships no types

    async def save(
        self,
        rows: Sequence[SignalRow],
        events: Sequence[SignalEvent],
        messages: Sequence[RoomMessage],
    ) -> None:
        """All of it, or, when the transaction fails, nothing."""
        await self._connection.execute(UPDATE_OUTCOMES, *outcome_columns(rows))
        await append_signal_events(self._connection, events)
        await append_room_events(self._connection, messages)


class OutcomeStore:
    """Every method raises StoreUnavailableError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @asynccontextmanager
    async def claim(self, symbol: Symbol, closed_until_ms: int) -> AsyncIterator[Claim]:
        """Live signals that were not followed up to there; those that another replica has are left.

        Raises InvalidPositionError or InvalidEngineError for a row that no version of ours wrote.
        """
        async with driver_connection(self._database) as connection, connection.transaction():
            records = await connection.fetch(_CLAIM, symbol.compact, closed_until_ms, AT_ONCE)
            yield Claim(tuple(map(_followed, records)), connection)


def outcome_columns(rows: Sequence[SignalRow]) -> tuple[list[Any], ...]:  # Any: a column's type
    """What `UPDATE_OUTCOMES` takes, a list a column."""
    return (
        [row.id for row in rows],
        [row.status.value for row in rows],
        [row.followed_until_ms for row in rows],
        [write_json(row.progress) for row in rows],
        [row.closed_at_ms for row in rows],
        [row.exit_price for row in rows],
        [row.profit_loss_percent for row in rows],
        [write_json(row.outcome) for row in rows],
    )


def _followed(record: Any) -> FollowedSignal:  # noqa: ANN401 - asyncpg ships no types
    row = read_signal(record)
    if row.progress is not None:
        return FollowedSignal(row, Progress.from_json(row.progress))
    engine = Engine.from_json(orjson.loads(record["engine"]))
    return FollowedSignal(row, Progress.start(position_of(row, engine)))


# NO KEY: an event of the signal may be written meanwhile, whose foreign key locks the row's key.
_CLAIM: Final = f"""
    {SELECT_SIGNAL},
        (SELECT definition::text FROM engines WHERE version = engine_version) AS engine
    FROM signals
    WHERE symbol = $1 AND origin = 'live'
      AND (progress IS NOT NULL
           OR status = 'active' AND signal_type <> 'HOLD' AND continues IS NULL)
      AND coalesce(followed_until_ms, timestamp) < $2
    ORDER BY timestamp, timeframe LIMIT $3
    FOR NO KEY UPDATE SKIP LOCKED
"""  # noqa: S608 - constants of this package
UPDATE_OUTCOMES: Final = """
    UPDATE signals SET
        status = new.status::signal_status, followed_until_ms = new.followed_until_ms,
        progress = new.progress::jsonb, closed_at_ms = new.closed_at_ms,
        exit_price = new.exit_price, profit_loss_percent = new.profit_loss_percent,
        outcome = new.outcome::jsonb
    FROM unnest(
        $1::uuid[], $2::text[], $3::bigint[], $4::text[], $5::bigint[], $6::numeric[],
        $7::float8[], $8::text[]
    ) AS new (
        id, status, followed_until_ms, progress, closed_at_ms, exit_price, profit_loss_percent,
        outcome
    )
    WHERE signals.id = new.id
"""
