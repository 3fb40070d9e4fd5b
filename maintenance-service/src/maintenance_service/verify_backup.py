"""Whether a backup can be restored: done, in a database of its own, and compared."""

from pathlib import Path
from typing import Final, Literal

from maintenance_service.backup_errors import BackupError
from maintenance_service.compare_contents import told
from maintenance_service.databases_store import (
    MAINTENANCE_DATABASE,
    Databases,
    opened,
    url_of,
)
from maintenance_service.manifest import Manifest
from maintenance_service.postgres_tools import PostgresTools
from maintenance_service.restore_into import compared_with, restore_into
from maintenance_service.settings import Verify
from maintenance_service.table_contents_store import Tell

SCRATCH_PREFIX: Final = "eth_verify_"


class VerifyBackup:
    """Of a database's backups, on its own server; the role needs CREATEDB."""

    def __init__(self, database_url: str, tools: PostgresTools, how: Verify) -> None:
        self._url = database_url
        self._tools = tools
        self._how = how

    @property
    def makes_copy(self) -> bool:
        return self._how == "contents"

    async def verify(
        self, dump: Path, manifest: Manifest, tell: Tell
    ) -> Literal["contents", "listing"] | None:
        """How it was verified. Raises BackupError where it could not be restored as it was."""
        if self._how == "none":
            return None
        await self._verify_listing(dump, manifest)
        if self._how == "listing":
            return "listing"
        async with opened(url_of(self._url, MAINTENANCE_DATABASE)) as maintenance:
            databases = Databases(maintenance)
            await databases.drop_named(SCRATCH_PREFIX)
            await self._verify_contents(databases, dump, manifest, tell)
        return "contents"

    async def _verify_listing(self, dump: Path, manifest: Manifest) -> None:
        listing = (await self._tools.run("pg_restore", "--list", str(dump))).splitlines()
        found = sum(" TABLE DATA " in line and not line.startswith(";") for line in listing)
        if found != len(manifest.tables):
            raise BackupError(f"the dump lists {found} tables, not {len(manifest.tables)}")

    async def _verify_contents(
        self, databases: Databases, dump: Path, manifest: Manifest, tell: Tell
    ) -> None:
        name = f"{SCRATCH_PREFIX}{manifest.started_at_ms}"
        await databases.create(name)
        try:
            scratch = url_of(self._url, name)
            await restore_into(scratch, dump, self._tools, tell)
            if different := await compared_with(scratch, manifest, tell):
                raise BackupError(f"restored, it is not what it was: {told(different)}")
        finally:
            await databases.drop(name)
