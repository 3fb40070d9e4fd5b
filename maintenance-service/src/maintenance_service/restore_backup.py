"""A backup in place of a database, which stays until the backup is known to be right.

Restored beside it, compared with the manifest, then renamed; the earlier database is kept under
`<name>_before_restore_<time>` until the next restore succeeds.
"""

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from maintenance_service.backup_errors import RestoreError
from maintenance_service.compare_contents import told
from maintenance_service.databases_store import Databases, opened, url_of
from maintenance_service.feed_identity import refuse_other_feed
from maintenance_service.manifest import FeedIdentity, Manifest, file_sha256, read_manifest
from maintenance_service.postgres_tools import PostgresTools
from maintenance_service.restore_into import compared_with, restore_into
from maintenance_service.restored_store import make_usable
from maintenance_service.table_contents_store import Tell, exported_snapshot
from service_kit.tables.schema_revision import SCHEMA_REVISION

DRAFT_PREFIX: Final = "eth_restore_"
KEPT_INFIX: Final = "_before_restore_"
LONGEST_NAME: Final = 63 - len(KEPT_INFIX) - 13
"""What PostgreSQL's 63 bytes leave beside that and a time in ms."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    database: str
    kept: str | None
    """The earlier database's new name; None where there was none, or it was not to be kept."""
    rows: int
    event_ms: int
    schema_revision: str


class RestoreBackup:
    def __init__(
        self, databases: Databases, database_url: str, tools: PostgresTools, feed: FeedIdentity
    ) -> None:
        self._databases = databases
        self._url = database_url
        self._tools = tools
        self._feed = feed

    async def restore(self, dump: Path, target: str, wall_ms: int, tell: Tell) -> Restored:
        """Raises RestoreError, BackupError, StoreUnavailableError; all is then as before."""
        tell("checking", 0, 0)
        manifest = await asyncio.to_thread(checked_manifest, dump)
        refuse_other_feed(self._feed, manifest.feed)
        await self._refuse_connected(target)
        await self._databases.drop_named(DRAFT_PREFIX)
        draft = f"{DRAFT_PREFIX}{wall_ms}"
        await self._databases.create(draft)
        try:
            await self._fill(draft, dump, manifest, tell)
            await self._refuse_connected(target)
            kept = await self._take_place(draft, target, wall_ms)
        finally:
            await self._databases.drop(draft)
        return Restored(
            database=target,
            kept=kept,
            rows=manifest.row_count,
            event_ms=manifest.event_ms,
            schema_revision=manifest.schema_revision,
        )

    async def drop_kept(self, target: str, *, but: str | None) -> None:
        """What earlier restores have kept."""
        for name in await self._databases.named(kept_prefix(target)):
            if name != but:
                await self._databases.drop(name)

    async def _fill(self, draft: str, dump: Path, manifest: Manifest, tell: Tell) -> None:
        url = url_of(self._url, draft)
        async with opened(url) as database:
            async with exported_snapshot(database) as snapshot:
                server_version = await snapshot.server_version()
            if server_version < manifest.server_version:
                raise RestoreError(
                    f"the backup is of PostgreSQL {manifest.server_version}, "
                    f"newer than this server, which is {server_version}"
                )
            await self._tools.check(server_version)
            await restore_into(url, dump, self._tools, tell)
            if different := await compared_with(url, manifest, tell):
                raise RestoreError(f"restored, it is not what it was: {told(different)}")
            tell("finishing", 0, 0)
            await make_usable(database)

    async def _take_place(self, draft: str, target: str, wall_ms: int) -> str | None:
        kept = f"{kept_prefix(target)}{wall_ms}"
        await self._databases.swap(draft, target, kept)
        return kept if kept in await self._databases.named(kept) else None

    async def _refuse_connected(self, target: str) -> None:
        if connected := await self._databases.connected(target):
            raise RestoreError(
                f"{connected} connections to {target} are open: stop the services first"
            )


def kept_prefix(target: str) -> str:
    """Of the names that the databases replaced by restores are kept under."""
    return target[:LONGEST_NAME] + KEPT_INFIX


def checked_manifest(dump: Path) -> Manifest:
    """Raises RestoreError unless it is a whole backup that this version can use."""
    manifest = read_manifest(dump)
    try:
        size, digest = dump.stat().st_size, file_sha256(dump)
    except OSError as error:
        raise RestoreError(f"{dump} cannot be read: {error.strerror}") from error
    if (size, digest) != (manifest.dump_bytes, manifest.dump_sha256):
        raise RestoreError(f"{dump} is damaged: it has another SHA-256 than when it was made")
    if manifest.schema_revision > SCHEMA_REVISION:
        raise RestoreError(
            f"the backup's schema is {manifest.schema_revision}, newer than this version's, "
            f"which is {SCHEMA_REVISION}: install the newer version first"
        )
    return manifest
