"""A dump into a fresh database, and whether that then holds what the manifest says."""

from pathlib import Path
from typing import Final

from maintenance_service.compare_contents import differences
from maintenance_service.databases_store import database_name, opened
from maintenance_service.manifest import Manifest
from maintenance_service.postgres_tools import PostgresTools
from maintenance_service.table_contents_store import Tell, exported_snapshot

JOBS: Final = "2"


async def restore_into(url: str, dump: Path, tools: PostgresTools, tell: Tell) -> None:
    """Raises BackupError with what pg_restore said."""
    tell("restoring", 0, 0)
    await tools.run(
        "pg_restore", "--no-owner", "--no-acl", "--exit-on-error", f"--jobs={JOBS}",
        f"--dbname={database_name(url)}", str(dump),
    )  # fmt: skip


async def compared_with(url: str, manifest: Manifest, tell: Tell) -> list[str]:
    """What differs, a sentence a table."""
    async with opened(url) as database, exported_snapshot(database) as snapshot:
        return differences(manifest.tables, await snapshot.contents(tell))
