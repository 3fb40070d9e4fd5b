"""Files that only their owner may read."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path


def keep_secret(path: Path) -> str:
    """The secret that the file holds; a new one (256 bits, URL-safe) if there is no file yet."""
    if not path.exists():
        write_secret(path, secrets.token_urlsafe(32))
    return path.read_text()


def write_secret(path: Path, secret: str) -> None:
    """Replace the file at once, readable by its owner only from its first byte on."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with contextlib.suppress(FileNotFoundError):
        draft.unlink()
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:  # noqa: PTH123
        file.write(secret)
    draft.replace(path)
