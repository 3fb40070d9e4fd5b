"""Which account the servers run as, and the places that this account can reach.

PostgreSQL refuses to run as root, so root starts the servers as "nobody"; they then need their
programs and their data in folders that "nobody" can enter, which the home of root is not.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

SHARED_STATE = Path("/var/lib/eth-trading-platform")


@dataclass(frozen=True, slots=True)
class Account:
    uid: int
    gid: int


NOBODY = Account(uid=65534, gid=65534)


def server_account() -> Account | None:
    """The account that servers are started as; None keeps the one that we run as."""
    return NOBODY if os.geteuid() == 0 else None


def own(path: Path, account: Account | None) -> None:
    if account is not None:
        os.chown(path, account.uid, account.gid)


def can_enter(folder: Path, account: Account | None) -> bool:
    """Whether the account can walk from the root of the file system into an existing folder."""
    if account is None:
        return True
    return all(_lets_in(step, account) for step in (folder, *folder.parents))


def reachable(wanted: Path, account: Account | None) -> Path:
    """Where a file or folder of the account's lies: at `wanted`, or in a stand-in that it links to.

    The link keeps the choice, so that data stay where they are when permissions change later. What
    is returned need not exist; the folder around it does.
    """
    if wanted.is_symlink() or wanted.exists():
        return wanted.resolve()
    wanted.parent.mkdir(parents=True, exist_ok=True)
    if can_enter(wanted.parent.resolve(), account):
        return wanted.resolve()
    SHARED_STATE.mkdir(parents=True, exist_ok=True)
    stand_in = Path(tempfile.mkdtemp(dir=SHARED_STATE))
    stand_in.chmod(0o755)
    wanted.symlink_to(stand_in / wanted.name)
    return stand_in / wanted.name


def remove_reachable(wanted: Path) -> None:
    """Delete what `reachable` returned, with its stand-in and the link."""
    real = wanted.resolve()
    if wanted.is_symlink():
        wanted.unlink()
        if real.parent.parent == SHARED_STATE:
            real = real.parent
    with contextlib.suppress(FileNotFoundError):
        shutil.rmtree(real)


def open_to_all(folder: Path) -> None:
    """Let everyone read what is in there, whatever umask it was made under."""
    for path in (folder, *folder.rglob("*")):
        mode = path.stat().st_mode
        path.chmod(mode | (0o555 if path.is_dir() or mode & stat.S_IXUSR else 0o444))


def _lets_in(folder: Path, account: Account) -> bool:
    status = folder.stat()
    if status.st_uid == account.uid:
        return bool(status.st_mode & stat.S_IXUSR)
    if status.st_gid == account.gid:
        return bool(status.st_mode & stat.S_IXGRP)
    return bool(status.st_mode & stat.S_IXOTH)
