"""A file on disk, opened once and hashed before it is believed."""

import hashlib
import io
import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from market_service.import_candles.errors import FileRefusedError
from market_service.import_candles.shown_text import shown_text

LARGEST_BYTES: Final = {".csv": 10**9, ".parquet": 10**9, ".zip": 10**8}
LARGEST_CHECKSUM_BYTES: Final = 4_096
# A link may lead anywhere, and a pipe would be waited for.
OPEN_FLAGS: Final = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC

_SHA256: Final = re.compile(r"\s*([0-9a-fA-F]{64})(\s|$)")


@dataclass(frozen=True, slots=True)
class SourceFile:
    name: str
    suffix: str
    """In small letters, with its dot."""
    sha256: str
    file: BinaryIO
    """At its beginning."""
    version: tuple[int, int]
    descriptor: int

    def refuse_changed(self) -> None:
        """Raises FileRefusedError where it was written to since it was hashed."""
        if _version(self.descriptor) != self.version:
            raise FileRefusedError("it was changed while it was read")


@contextmanager
def open_source(path: Path) -> Iterator[SourceFile]:
    """Raises FileRefusedError.

    A `.CHECKSUM` beside it, as the exchange publishes them, has to be right where there is one.
    """
    suffix = path.suffix.lower()
    if suffix not in LARGEST_BYTES:
        raise FileRefusedError(f"it is none of {', '.join(LARGEST_BYTES)}")
    with _open_regular(path, LARGEST_BYTES[suffix]) as file:
        descriptor = file.fileno()
        version = _version(descriptor)
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        _compare_checksum(path, sha256)
        file.seek(0)
        yield SourceFile(path.name, suffix, sha256, file, version, descriptor)


def _version(descriptor: int) -> tuple[int, int]:
    status = os.fstat(descriptor)
    return status.st_size, status.st_mtime_ns


@contextmanager
def _open_regular(path: Path, largest_bytes: int) -> Iterator[io.BufferedReader]:
    try:
        descriptor = os.open(path, OPEN_FLAGS)
    except OSError as error:
        if path.is_symlink():
            raise FileRefusedError("it is a link; name the file itself") from None
        raise FileRefusedError(f"it cannot be opened: {error.strerror}") from None
    except ValueError as error:
        raise FileRefusedError(f"it cannot be opened: {error}") from None
    try:
        _refuse_unreadable(os.fstat(descriptor), largest_bytes)
        # Whoever reads text closes the file behind it; the descriptor stays ours.
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            yield file
    finally:
        os.close(descriptor)


def _refuse_unreadable(status: os.stat_result, largest_bytes: int) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise FileRefusedError("it is no regular file")
    if status.st_size > largest_bytes:
        raise FileRefusedError(
            f"it has {status.st_size / 1e6:.0f} MB; {largest_bytes / 1e6:.0f} MB are read"
        )


def _compare_checksum(path: Path, sha256: str) -> None:
    beside = path.with_name(f"{path.name}.CHECKSUM")
    if not os.path.lexists(beside):
        return
    with _open_regular(beside, LARGEST_CHECKSUM_BYTES) as file:
        told = _SHA256.match(file.read().decode(errors="replace"))
    if told is None:
        raise FileRefusedError(f"{shown_text(beside.name)} holds no SHA-256")
    if told[1].lower() != sha256:
        raise FileRefusedError(
            f"its SHA-256 is {sha256}, but {shown_text(beside.name)} says {told[1].lower()}"
        )
