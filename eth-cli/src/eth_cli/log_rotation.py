"""Keeps a log file from filling the disk."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

LARGEST_BYTES = 10_000_000
KEPT = 3


def rotate(log: Path, largest_bytes: int = LARGEST_BYTES) -> None:
    """Move the content of a log that has grown too large to `<log>.1`, of that to `.2`, and so on.

    The writer has the file open for appending and goes on at its new beginning; what it writes in
    the instant between the copy and the cut is lost.
    """
    if not log.exists() or log.stat().st_size <= largest_bytes:
        return
    for number in range(KEPT - 1, 0, -1):
        older = _numbered(log, number)
        if older.exists():
            older.replace(_numbered(log, number + 1))
    shutil.copy2(log, _numbered(log, 1))
    os.truncate(log, 0)


def _numbered(log: Path, number: int) -> Path:
    return log.with_name(f"{log.name}.{number}")
