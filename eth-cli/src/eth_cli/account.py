"""Which account the servers run as, and where that account can go.

PostgreSQL refuses to run as root, so root starts the servers as "nobody"; they then need their
programs and their data in places that "nobody" can enter, which the home of root is not.
"""

from __future__ import annotations

import hashlib
import os
import stat
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


def place_for(folder: Path, account: Account | None) -> Path:
    """`folder` itself where the account can reach it, else its stand-in below `SHARED_STATE`."""
    existing = next(step for step in (folder, *folder.parents) if step.exists())
    if can_enter(existing, account):
        return folder
    digest = hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()[:16]
    return SHARED_STATE / digest / folder.name


def _lets_in(folder: Path, account: Account) -> bool:
    status = folder.stat()
    if status.st_uid == account.uid:
        return bool(status.st_mode & stat.S_IXUSR)
    if status.st_gid == account.gid:
        return bool(status.st_mode & stat.S_IXGRP)
    return bool(status.st_mode & stat.S_IXOTH)
