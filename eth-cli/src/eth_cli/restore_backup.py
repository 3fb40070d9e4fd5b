"""`./eth restore`: a feed's database as it was, on a folder on which no stack runs.

No run may find its own future in the database. A replay goes on at the moment that the database is
of: before it takes the place of the other, the heartbeat is put past both, and when it has, to its
own moment. Valkey holds nothing but hints and caches; those of another time are deleted.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from eth_cli.account import remove_reachable
from eth_cli.data_folder import DataFolder, refuse_full_disk
from eth_cli.feed import Feed, feed_differences, feed_of, read_feed, write_feed
from eth_cli.heartbeat import keep_reached, reached_ms
from eth_cli.known_folders import remember_folder
from eth_cli.open_market import kept_to_ourselves, postgres_alone
from eth_cli.program_lines import Json, program_lines
from eth_cli.running_stack import program_environment
from eth_cli.stack_errors import AlreadyRunningError, FeedMismatchError, StackError
from eth_cli.stop_stack import runs
from maintenance_service.backup_errors import RestoreError
from maintenance_service.manifest import Manifest, read_manifest

MODULE: Final = "maintenance_service.restore"


@dataclass(frozen=True, slots=True)
class Backup:
    dump: Path
    manifest: Manifest

    @property
    def feed(self) -> Feed:
        """Raises StackError where the manifest does not say enough of it."""
        told = self.manifest.feed
        if told.stored is not None:
            try:
                return feed_of(told.stored)
            except TypeError:
                pass
        elif told.kind == "live":
            return Feed(kind="live", source=told.source, symbols=told.symbols)
        raise StackError(f"{self.dump} does not say of which {told.kind} feed it is.")


def read_backup(dump: Path) -> Backup:
    """Raises StackError for what is none."""
    try:
        return Backup(dump.resolve(), read_manifest(dump))
    except RestoreError as error:
        raise StackError(f"{error.message}.") from None


def restore_backup(
    backup: Backup, data_dir: Path, tell: Callable[[Json], None], *, discard_old: bool
) -> Feed:
    """The feed that the folder has then. Raises StackError, and has lost nothing."""
    folder = DataFolder(data_dir / backup.manifest.feed.kind)
    if runs(folder):
        raise AlreadyRunningError(f"A stack runs on {folder.root}; `./eth down` stops it.")
    refuse_full_disk(folder.root)
    folder.create()
    with kept_to_ourselves(folder):
        feed = _same_feed(read_feed(folder.feed_file), backup.feed)
        with _future_kept_out(folder, feed, backup.manifest.event_ms), postgres_alone(folder):
            write_feed(folder.feed_file, feed)
            command = [sys.executable, "-m", MODULE, str(backup.dump)]
            if discard_old:
                command.append("--discard-old")
            for line in program_lines(command, program_environment(folder, feed)):
                tell(line)
        remove_reachable(folder.part("valkey") / "data")
        remember_folder(folder)
    return feed


def _same_feed(stored: Feed | None, backup: Feed) -> Feed:
    """What the folder has, else what the backup has. Raises FeedMismatchError."""
    if stored is None:
        return backup
    differences = [] if backup.kind == "live" else feed_differences(backup, stored)
    if stored.source != backup.source:
        differences.append(f"source {stored.source}, not {backup.source}")
    if differences:
        raise FeedMismatchError(
            f"The backup is of another {backup.kind} feed: the folder's has "
            f"{', '.join(differences)}; restore it with another --data-dir."
        )
    return stored


@contextmanager
def _future_kept_out(folder: DataFolder, feed: Feed, event_ms: int) -> Iterator[None]:
    """However it ends, the next run begins at or after all that is in the database."""
    if not feed.has_own_clock:
        yield
        return
    before_ms = reached_ms(folder.heartbeat_file, feed.epoch_ms)
    keep_reached(folder.heartbeat_file, max(before_ms, event_ms))
    yield
    keep_reached(folder.heartbeat_file, event_ms)
    folder.clock_file.unlink(missing_ok=True)
