"""The only place that writes `trainings`, and the locks by which a series has one at a time.

The process that trains holds an advisory lock of its series for as long as it lives, however it
ends; so a row that runs while nobody holds the lock is that of a process that is gone.
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from typing import Any, Final
from uuid import UUID

import asyncpg
import orjson

from ml_service.learning.training_plan import Step
from ml_service.training.errors import (
    DecidedElsewhereError,
    RetrainingRunningError,
    TooManyTrainingsError,
    TrainingRunningError,
)
from ml_service.training.training import Training, TrainingResult, TrainingState
from ml_service.training.training_request import TrainingRequest
from service_kit.database import Database, driver_connection
from service_kit.errors import ConflictError
from service_kit.series import Series
from trading_core.frozen_json import from_json, to_json

MOST_AT_ONCE: Final = 2
"""Of different series; each takes some hundred megabytes and all the time nobody else wants."""
START_MS: Final = 60_000
"""How long a process may take to begin, wall time; one that has not by then never will."""
_LOST: Final = (OSError, asyncpg.InterfaceError, asyncpg.PostgresError)
GONE: Final = TrainingResult(sentence="the process ended before the training did")


class TrainingStore:
    """Every method raises StoreUnavailableError; `now_ms` is wall time."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def ask(self, training_id: UUID, request: TrainingRequest, now_ms: int) -> None:
        """Add it, waiting.

        Raises:
            TrainingRunningError: the series is being trained.
            TooManyTrainingsError: others run already.

        """
        series = request.series
        async with driver_connection(self._database) as connection, connection.transaction():
            await connection.execute(_LOCK_ASKING)
            await connection.execute(_BURY, now_ms, now_ms - START_MS, _json(GONE))
            unfinished = {tuple(key): other for other, *key in await connection.fetch(_UNFINISHED)}
            if series.key in unfinished:
                raise TrainingRunningError(series, unfinished[series.key])
            if len(unfinished) >= MOST_AT_ONCE:
                raise TooManyTrainingsError(len(unfinished))
            await connection.execute(_ASK, training_id, *series.key, _json(request), now_ms)

    def alone(self, series: Series) -> AbstractAsyncContextManager[None]:
        """Nobody else trains the series inside the block. Raises TrainingRunningError."""
        name = "/".join(("training", *series.key))
        return self._holding(name, TrainingRunningError(series))

    def alone_retraining(self) -> AbstractAsyncContextManager[None]:
        """Nobody else goes through what is due inside the block. Raises RetrainingRunningError."""
        return self._holding("retraining", RetrainingRunningError())

    def alone_deciding(self) -> AbstractAsyncContextManager[None]:
        """Nobody else begins a first training inside the block. Raises DecidedElsewhereError."""
        return self._holding("first training", DecidedElsewhereError())

    @asynccontextmanager
    async def _holding(self, name: str, taken: ConflictError) -> AsyncIterator[None]:
        async with driver_connection(self._database) as connection:
            if not await connection.fetchval(_TRY_LOCK, name):
                raise taken
            try:
                yield
            finally:
                with suppress(*_LOST):  # a lost connection has lost it too
                    await connection.execute(_UNLOCK, name)

    async def begin(self, training_id: UUID, now_ms: int) -> bool:
        """False where it does not wait any more."""
        return await self._change(_BEGIN, training_id, now_ms)

    async def report(self, training_id: UUID, step: Step, now_ms: int) -> bool:
        """How far it is, as a sign of life; returns whether it shall stop.

        So it shall, too, once it was given up for gone: the series may be another's by now.
        """
        async with driver_connection(self._database) as connection:
            values = (training_id, step.stage, step.done, step.total, now_ms)
            return await connection.fetchval(_REPORT, *values) is not False

    async def end(
        self, training_id: UUID, state: TrainingState, result: TrainingResult, now_ms: int
    ) -> bool:
        """False where it had ended already."""
        return await self._change(_END, training_id, state.value, _json(result), now_ms)

    async def ask_to_stop(self, training_id: UUID) -> bool:
        """False where there is nothing to stop."""
        return await self._change(_CANCEL, training_id)

    async def bury(self, now_ms: int) -> None:
        """Find those whose process is gone, and say so."""
        async with driver_connection(self._database) as connection:
            await connection.execute(_BURY, now_ms, now_ms - START_MS, _json(GONE))

    async def get(self, training_id: UUID) -> Training | None:
        async with driver_connection(self._database) as connection:
            record = await connection.fetchrow(_GET, training_id)
        return None if record is None else _read(record)

    async def newest(
        self, symbol: str | None, timeframe: str | None, limit: int
    ) -> tuple[Training, ...]:
        """The newest first; of any symbol (compact) and timeframe where none is named."""
        async with driver_connection(self._database) as connection:
            records = await connection.fetch(_NEWEST, symbol, timeframe, limit)
        return tuple(map(_read, records))

    async def _change(self, statement: str, *values: object) -> bool:
        """Whether a row was changed."""
        async with driver_connection(self._database) as connection:
            return await connection.fetchval(statement, *values) is not None


def _json(value: object) -> str:
    return orjson.dumps(to_json(value)).decode()


def _read(record: Mapping[str, Any]) -> Training:  # Any: columns of many types
    result = record["result"]
    return Training(
        id=record["id"],
        asked=from_json(TrainingRequest, orjson.loads(record["asked"])),
        state=TrainingState(record["state"]),
        stage=record["stage"],
        done=record["done"],
        total=record["total"],
        result=None if result is None else from_json(TrainingResult, orjson.loads(result)),
        cancel_asked=record["cancel_asked"],
        asked_at_ms=record["asked_at_ms"],
        seen_at_ms=record["seen_at_ms"],
        ended_at_ms=record["ended_at_ms"],
    )


_LOCK_ASKING: Final = "SELECT pg_advisory_xact_lock(hashtextextended('ask for a training', 0))"
_TRY_LOCK: Final = "SELECT pg_try_advisory_lock(hashtextextended($1, 0))"
_UNLOCK: Final = "SELECT pg_advisory_unlock(hashtextextended($1, 0))"
_ASK: Final = """
    INSERT INTO trainings (
        id, symbol, timeframe, state, stage, done, total, asked, asked_at_ms, seen_at_ms
    )
    VALUES ($1, $2, $3::text::timeframe, 'waiting', 'starting', 0, 0, $4::jsonb, $5, $5)
"""
_UNFINISHED: Final = """
    SELECT id, symbol, timeframe::text FROM trainings WHERE state IN ('waiting', 'running')
"""
# An advisory lock of one 64-bit number is listed as its two halves.
_BURY: Final = """
    UPDATE trainings SET state = 'failed', ended_at_ms = $1, result = $3::jsonb
    WHERE (state = 'running' OR (state = 'waiting' AND seen_at_ms < $2)) AND NOT EXISTS (
        SELECT FROM pg_locks
        WHERE locktype = 'advisory' AND granted AND objsubid = 1
          AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
          AND (classid::bigint << 32) | objid::bigint
              = hashtextextended('training/' || symbol || '/' || timeframe::text, 0)
    )
"""
_BEGIN: Final = """
    UPDATE trainings SET state = 'running', seen_at_ms = $2
    WHERE id = $1 AND state = 'waiting' RETURNING id
"""
_REPORT: Final = """
    UPDATE trainings SET stage = $2, done = $3, total = $4, seen_at_ms = $5
    WHERE id = $1 AND state = 'running' RETURNING cancel_asked
"""
_END: Final = """
    UPDATE trainings SET state = $2, result = $3::jsonb, ended_at_ms = $4, seen_at_ms = $4,
        stage = CASE $2 WHEN 'done' THEN 'trained' ELSE stage END,
        done = CASE $2 WHEN 'done' THEN total ELSE done END
    WHERE id = $1 AND state IN ('waiting', 'running') RETURNING id
"""
_CANCEL: Final = """
    UPDATE trainings SET cancel_asked = true
    WHERE id = $1 AND state IN ('waiting', 'running') RETURNING id
"""
_COLUMNS: Final = """
    id, state, stage, done, total, asked::text, result::text, cancel_asked, asked_at_ms,
    seen_at_ms, ended_at_ms
"""
_GET: Final = f"SELECT {_COLUMNS} FROM trainings WHERE id = $1"  # noqa: S608 - constants of this module
_NEWEST: Final = f"""
    SELECT {_COLUMNS} FROM trainings
    WHERE ($1::text IS NULL OR symbol = $1) AND ($2::text IS NULL OR timeframe::text = $2)
    ORDER BY asked_at_ms DESC, id LIMIT $3
"""  # noqa: S608 - constants of this module
