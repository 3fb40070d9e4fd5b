"""Old backups go: their files, then their rows."""

import asyncio
from collections.abc import Iterable
from pathlib import Path

from maintenance_service.backup_files import delete_backup
from maintenance_service.backups_store import BackupRow, BackupsStore
from trading_core.timeframe import DAY_MS


async def prune_backups(store: BackupsStore, folder: Path, keep_days: float, wall_ms: int) -> int:
    """How many went. Within our turn. Files that lie elsewhere are left to whoever put them there.

    Raises StoreUnavailableError.
    """
    old = await store.older_than(round(wall_ms - keep_days * DAY_MS))
    verified = await store.newest_verified()
    gone = prunable(old, verified)
    for row in gone:
        if row.state == "done" and Path(row.path).parent == folder:
            await asyncio.to_thread(delete_backup, Path(row.path))
    await store.forget([row.started_at_ms for row in gone])
    return len(gone)


def prunable(old: Iterable[BackupRow], newest_verified: BackupRow | None) -> list[BackupRow]:
    """Never the newest verified one; where none is verified, no backup that is whole."""
    if newest_verified is None:
        return [row for row in old if row.state == "failed"]
    return [row for row in old if row.started_at_ms != newest_verified.started_at_ms]
