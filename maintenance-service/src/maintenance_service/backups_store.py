"""The only place that writes the table `backups`."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from sqlalchemy import ColumnElement, RowMapping, delete, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from service_kit.database import Database, pooled_connection
from service_kit.tables import backups

ENDED_UNSEEN: Final = "the process ended before the backup did"


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupRow:
    """Times are wall time, ms."""

    started_at_ms: int
    state: Literal["running", "done", "failed"]
    path: str
    ended_at_ms: int | None = None
    size_bytes: int | None = None
    row_count: int | None = None
    verified: Literal["contents", "listing"] | None = None
    error: str | None = None


_COLUMNS: Final = tuple(BackupRow.__dataclass_fields__)


class BackupsStore:
    """Every method raises StoreUnavailableError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def begin(self, started_at_ms: int, path: Path) -> None:
        row = {"started_at_ms": started_at_ms, "state": "running", "path": str(path)}
        async with pooled_connection(self._database) as connection, connection.begin():
            await connection.execute(insert(backups), row)

    async def end(self, row: BackupRow) -> None:
        """Also of a backup that no row tells of yet, since its file came from elsewhere."""
        values = {name: getattr(row, name) for name in _COLUMNS}
        statement = upsert(backups).values(values)
        changed = {name: value for name, value in values.items() if name != "started_at_ms"}
        async with pooled_connection(self._database) as connection, connection.begin():
            await connection.execute(
                statement.on_conflict_do_update(index_elements=["started_at_ms"], set_=changed)
            )

    async def close_running(self, ended_at_ms: int) -> int:
        """Rows of runs that ended without a word; the caller knows that none goes on."""
        values = {"state": "failed", "ended_at_ms": ended_at_ms, "error": ENDED_UNSEEN}
        async with pooled_connection(self._database) as connection, connection.begin():
            done = await connection.execute(
                update(backups).where(backups.c.state == "running").values(values)
            )
        return done.rowcount

    async def newest(self, limit: int) -> list[BackupRow]:
        """Newest first."""
        statement = select(backups).order_by(backups.c.started_at_ms.desc()).limit(limit)
        async with pooled_connection(self._database) as connection:
            rows = (await connection.execute(statement)).mappings()
            return [_row(row) for row in rows]

    async def done_since(self, started_at_ms: int) -> set[int]:
        """When they were started."""
        statement = select(backups.c.started_at_ms).where(
            backups.c.state == "done", backups.c.started_at_ms >= started_at_ms
        )
        async with pooled_connection(self._database) as connection:
            return set((await connection.execute(statement)).scalars())

    async def newest_done(self) -> BackupRow | None:
        return await self._newest_where(backups.c.state == "done")

    async def newest_verified(self) -> BackupRow | None:
        return await self._newest_where(backups.c.verified.is_not(None))

    async def older_than(self, started_at_ms: int) -> list[BackupRow]:
        statement = select(backups).where(
            backups.c.started_at_ms < started_at_ms, backups.c.state != "running"
        )
        async with pooled_connection(self._database) as connection:
            return [_row(row) for row in (await connection.execute(statement)).mappings()]

    async def forget(self, started_at_ms: Sequence[int]) -> None:
        async with pooled_connection(self._database) as connection, connection.begin():
            await connection.execute(
                delete(backups).where(backups.c.started_at_ms.in_(started_at_ms))
            )

    async def _newest_where(self, condition: ColumnElement[bool]) -> BackupRow | None:
        statement = select(backups).where(condition).order_by(backups.c.started_at_ms.desc())
        async with pooled_connection(self._database) as connection:
            row = (await connection.execute(statement.limit(1))).mappings().one_or_none()
        return None if row is None else _row(row)


def _row(found: RowMapping) -> BackupRow:
    return BackupRow(**{name: found[name] for name in _COLUMNS})
