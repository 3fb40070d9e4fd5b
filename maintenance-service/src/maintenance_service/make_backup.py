"""One backup from its first row to its last, and only one at a time of all who could make one."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from maintenance_service.backup_errors import BackupError, BackupRunsError
from maintenance_service.backup_files import delete_leftovers, whole_backups
from maintenance_service.backups_store import BackupRow, BackupsStore
from maintenance_service.manifest import Manifest
from maintenance_service.table_contents_store import Tell
from maintenance_service.write_backup import WriteBackup
from service_kit.advisory_lock import Leadership
from service_kit.clock import Clock
from service_kit.database import Database
from service_kit.errors import ServiceError
from service_kit.logging import get_logger

log = get_logger(__name__)

ROLE: Final = "backup"
STOPPED: Final = "it was stopped before its end"


class MakeBackup:
    def __init__(
        self,
        database: Database,
        store: BackupsStore,
        writer: WriteBackup,
        folder: Path,
        clock: Clock,
    ) -> None:
        self._database = database
        self._store = store
        self._writer = writer
        self._folder = folder
        self._clock = clock

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Nobody else makes or deletes backups inside the block.

        Raises BackupRunsError, StoreUnavailableError.
        """
        await self._store.newest(1)  # a database that is away is no lock that others hold
        leadership = Leadership(self._database, ROLE)
        if not await leadership.try_acquire():
            raise BackupRunsError
        try:
            await self._settle()
            yield
        finally:
            await leadership.release()

    async def make(self, tell: Tell) -> BackupRow:
        """Within our turn. A failure is a row, too; then it is raised."""
        started_at_ms = self._clock.wall_ms()
        path = self._writer.path(started_at_ms)
        await self._store.begin(started_at_ms, path)
        try:
            manifest = await self._writer.write(started_at_ms, self._clock, tell)
        except ServiceError as error:
            await self._fail(started_at_ms, path, error.message)
            raise
        except asyncio.CancelledError:
            await self._fail(started_at_ms, path, STOPPED)
            raise
        row = done_row(path, manifest, self._clock.wall_ms())
        await self._store.end(row)
        log.info("backup_made", path=str(path), bytes=row.size_bytes, verified=row.verified)
        return row

    async def _fail(self, started_at_ms: int, path: Path, error: str) -> None:
        row = BackupRow(
            started_at_ms=started_at_ms,
            state="failed",
            path=str(path),
            ended_at_ms=self._clock.wall_ms(),
            error=error,
        )
        await self._store.end(row)

    def _ours(self) -> list[tuple[Path, Manifest]]:
        """Other feeds may have theirs in the same folder."""
        ours = self._writer.feed
        return [
            (path, manifest)
            for path, manifest in whole_backups(self._folder)
            if (manifest.feed.kind, manifest.feed.source) == (ours.kind, ours.source)
        ]

    async def _settle(self) -> None:
        """What killed runs left: files go, rows are closed, whole backups without a row get one.

        After a restore the table knows nothing of the backups that were made since.
        """
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            await asyncio.to_thread(delete_leftovers, self._folder, self._writer.feed.kind)
            found = await asyncio.to_thread(self._ours)
        except OSError as error:
            raise BackupError(f"{self._folder}: {error.strerror or error}") from error
        known = await self._store.done_since(min((m.started_at_ms for _, m in found), default=0))
        for path, manifest in found:
            if manifest.started_at_ms not in known:
                await self._store.end(done_row(path, manifest, None))
        await self._store.close_running(self._clock.wall_ms())


def done_row(path: Path, manifest: Manifest, ended_at_ms: int | None) -> BackupRow:
    return BackupRow(
        started_at_ms=manifest.started_at_ms,
        state="done",
        path=str(path),
        ended_at_ms=ended_at_ms,
        size_bytes=manifest.dump_bytes,
        row_count=manifest.row_count,
        verified=manifest.verified,
    )
