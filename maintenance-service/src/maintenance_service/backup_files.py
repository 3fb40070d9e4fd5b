"""The backups that lie in a folder: their names, which are whole, what was left by a killed run."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from maintenance_service.backup_errors import RestoreError
from maintenance_service.manifest import DUMP_SUFFIX, Manifest, manifest_path, read_manifest

_OURS: Final = re.compile(r"eth-(live|replay|simulated)-\d{8}T\d{9}Z\.dump(\.json)?(\.part)?")


def dump_name(feed_kind: str, started_at_ms: int) -> str:
    """Sorts by time within a feed."""
    moment = datetime.fromtimestamp(started_at_ms / 1000, UTC)
    return f"eth-{feed_kind}-{moment:%Y%m%dT%H%M%S}{started_at_ms % 1000:03}Z{DUMP_SUFFIX}"


def whole_backups(folder: Path) -> Iterator[tuple[Path, Manifest]]:
    """Those with a manifest that we understand, the newest last. The dumps are not looked into."""
    for dump in sorted(folder.glob(f"eth-*{DUMP_SUFFIX}")):
        if _OURS.fullmatch(dump.name):
            try:
                yield dump, read_manifest(dump)
            except RestoreError:
                continue


def newest_backup(folder: Path, feed_kind: str) -> Path:
    """Raises RestoreError."""
    found = [dump for dump, manifest in whole_backups(folder) if manifest.feed.kind == feed_kind]
    if not found:
        raise RestoreError(f"there is no backup of the {feed_kind} feed in {folder}")
    return found[-1]


def delete_backup(dump: Path) -> None:
    """The manifest first: without it, nothing takes the dump for a backup."""
    manifest_path(dump).unlink(missing_ok=True)
    dump.unlink(missing_ok=True)


def delete_leftovers(folder: Path, feed_kind: str) -> None:
    """What killed runs left: the caller knows that none of this feed goes on."""
    for path in folder.glob(f"eth-{feed_kind}-*"):
        is_half = path.suffix == DUMP_SUFFIX and not manifest_path(path).exists()
        if _OURS.fullmatch(path.name) and (path.suffix == ".part" or is_half):
            path.unlink(missing_ok=True)
