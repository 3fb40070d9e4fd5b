"""One moment of the database into a dump and its manifest."""

import asyncio
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from maintenance_service.backup_errors import BackupError
from maintenance_service.backup_files import dump_name
from maintenance_service.manifest import (
    FORMAT_VERSION,
    FeedIdentity,
    Manifest,
    TableContent,
    file_sha256,
    manifest_path,
    rename_durably,
    write_durably,
)
from maintenance_service.postgres_tools import PostgresTools
from maintenance_service.table_contents_store import Snapshot, Tell, exported_snapshot
from maintenance_service.verify_backup import VerifyBackup
from service_kit.background import cancel
from service_kit.clock import Clock
from service_kit.database import Database

RESERVE_BYTES: Final = 200 * 10**6
COMPRESSION: Final = "4"
"""Of zlib's nine: nearly as small as the usual 6, and much quicker."""


class WriteBackup:
    def __init__(
        self,
        database: Database,
        tools: PostgresTools,
        verifier: VerifyBackup,
        folder: Path,
        feed: FeedIdentity,
    ) -> None:
        self._database = database
        self._tools = tools
        self._verifier = verifier
        self._folder = folder
        self._feed = feed

    @property
    def feed(self) -> FeedIdentity:
        return self._feed

    def path(self, started_at_ms: int) -> Path:
        return self._folder / dump_name(self._feed.kind, started_at_ms)

    async def write(self, started_at_ms: int, clock: Clock, tell: Tell) -> Manifest:
        """It has its name only once it is whole and verified.

        Raises BackupError, StoreUnavailableError.
        """
        path = self.path(started_at_ms)
        draft = path.with_name(path.name + ".part")
        try:
            manifest = await self._draft(draft, started_at_ms, clock, tell)
            verified = await self._verifier.verify(draft, manifest, tell)
            manifest = manifest.model_copy(update={"verified": verified})
            await asyncio.to_thread(rename_durably, draft, path)
            text = manifest.model_dump_json(by_alias=True, indent=1)
            await asyncio.to_thread(write_durably, manifest_path(path), text)
        except OSError as error:
            raise BackupError(f"{self._folder}: {error.strerror or error}") from error
        finally:
            draft.unlink(missing_ok=True)
        return manifest

    async def _draft(self, draft: Path, started_at_ms: int, clock: Clock, tell: Tell) -> Manifest:
        async with exported_snapshot(self._database) as snapshot:
            event_ms = clock.now_ms()  # after the snapshot: nothing in it is later
            server_version = await snapshot.server_version()
            await self._tools.check(server_version)
            revision = await snapshot.schema_revision()
            if revision is None:
                raise BackupError("the database has no schema yet: there is nothing to keep")
            database_bytes = await snapshot.database_bytes()
            self._refuse_full_disk(database_bytes)
            tables = await self._dump(snapshot, draft, tell)
        size, digest = await asyncio.to_thread(_size_and_digest, draft)
        return Manifest(
            format_version=FORMAT_VERSION,
            started_at_ms=started_at_ms,
            event_ms=event_ms,
            feed=self._feed,
            schema_revision=revision,
            server_version=server_version,
            database_bytes=database_bytes,
            dump_bytes=size,
            dump_sha256=digest,
            tables=tables,
        )

    async def _dump(
        self, snapshot: Snapshot, draft: Path, tell: Tell
    ) -> Mapping[str, TableContent]:
        """Dumped and counted side by side; should either fail, so does the other."""
        os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        dump = asyncio.create_task(
            self._tools.run(
                "pg_dump", "--format=custom", f"--compress={COMPRESSION}", "--no-password",
                f"--snapshot={snapshot.name}", f"--file={draft}",
            )
        )  # fmt: skip
        try:
            tables = await snapshot.contents(tell)
            tell("dumping", 0, 0)
            await dump
        finally:
            await cancel(dump)
        return tables

    def _refuse_full_disk(self, database_bytes: int) -> None:
        """As if nothing could be compressed; a copy to verify in may lie on the same disk."""
        needed = database_bytes * (2 if self._verifier.makes_copy else 1) + RESERVE_BYTES
        free = shutil.disk_usage(self._folder).free
        if free < needed:
            raise BackupError(
                f"only {free / 1e6:.0f} MB are free at {self._folder}; "
                f"{needed / 1e6:.0f} MB are needed"
            )


def _size_and_digest(dump: Path) -> tuple[int, str]:
    return dump.stat().st_size, file_sha256(dump)
