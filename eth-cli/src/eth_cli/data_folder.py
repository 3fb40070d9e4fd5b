"""The folder of one feed's data: what lies where in it, and that only one stack uses it."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from eth_cli.account import remove_reachable
from eth_cli.stack_errors import AlreadyRunningError, NoSpaceError, StackError

NEEDED_BYTES = 10**9
KINDS = ("live", "replay", "simulated")


@dataclass(frozen=True, slots=True)
class DataFolder:
    root: Path

    @property
    def feed_file(self) -> Path:
        return self.root / "feed.json"

    @property
    def clock_file(self) -> Path:
        return self.root / "clock.json"

    @property
    def faults_file(self) -> Path:
        """What the simulated exchange keeps of the scripts by which it misbehaves."""
        return self.root / "faults.json"

    @property
    def heartbeat_file(self) -> Path:
        return self.root / "heartbeat.json"

    @property
    def secrets(self) -> Path:
        return self.root / "secrets"

    @property
    def models(self) -> Path:
        return self.root / "models"

    @property
    def backups(self) -> Path:
        """Beside the folder, so that deleting the feed's data deletes none."""
        return self.root.parent / "backups" / self.root.name

    @property
    def logs(self) -> Path:
        return self.root / "logs"

    @property
    def state_file(self) -> Path:
        return self.root / "run" / "state.json"

    @property
    def lock_file(self) -> Path:
        return self.root / "run" / "lock"

    def part(self, name: str) -> Path:
        """The folder of a server's own data."""
        return self.root / name

    def log_of(self, part: str) -> Path:
        return self.logs / f"{part}.log"

    def create(self) -> None:
        """Make the folder, unless it is there. Raises StackError when it is somebody else's."""
        if self.root.exists() and any(self.root.iterdir()) and not self.lock_file.exists():
            raise StackError(f"{self.root} holds other things; choose another --data-dir.")
        for folder in (self.root, self.lock_file.parent, self.logs):
            folder.mkdir(parents=True, exist_ok=True)
        self.secrets.mkdir(mode=0o700, exist_ok=True)
        self.lock_file.touch()

    def clear(self) -> None:
        """Delete everything in the folder but its lock, which the caller holds."""
        for server in ("postgres", "valkey", "nginx"):
            remove_reachable(self.part(server) / "data")
        for path in self.root.iterdir():
            if path != self.lock_file.parent:
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        self.create()

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Raises AlreadyRunningError when a stack runs on this folder."""
        with self.lock_file.open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise AlreadyRunningError(
                    f"A stack already runs on {self.root}; "
                    "`./eth status` shows it, `./eth down` stops it."
                ) from None
            yield

    def is_locked(self) -> bool:
        try:
            with self.locked():
                return False
        except AlreadyRunningError:
            return True
        except OSError:
            return False


def refuse_full_disk(folder: Path) -> None:
    """Raises NoSpaceError when less than `NEEDED_BYTES` are free where the folder is or will be."""
    existing = next(step for step in (folder, *folder.parents) if step.exists())
    free = shutil.disk_usage(existing).free
    if free < NEEDED_BYTES:
        raise NoSpaceError(
            f"Only {free / 1e6:.0f} MB are free at {existing}; "
            f"the stack needs {NEEDED_BYTES / 1e6:.0f} MB to start."
        )


def data_folders(data_dir: Path) -> list[DataFolder]:
    """The feeds' folders that exist below a --data-dir."""
    folders = (DataFolder(data_dir / kind) for kind in KINDS)
    return [folder for folder in folders if os.path.lexists(folder.lock_file)]
