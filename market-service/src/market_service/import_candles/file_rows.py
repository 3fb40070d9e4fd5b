"""The rows of a file, whichever of the three layouts it has."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO, Final, cast

from market_service.import_candles.csv_rows import csv_rows
from market_service.import_candles.errors import FileRefusedError
from market_service.import_candles.file_row import BadRow, FileRow
from market_service.import_candles.source_file import SourceFile
from market_service.import_candles.zipped_csv import zipped_csv

LARGEST_ROWS: Final = 5_000_000
"""Nine years of minutes."""
CHUNK_BYTES: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class FileRows:
    name: str
    """Of the file that was packed, where it was, which has to say the same series."""
    about: int
    """How many rows to expect, for people; a text's lines."""
    rows: Iterator[FileRow | BadRow]
    """Raises FileRefusedError where the file turns out to be damaged."""


@contextmanager
def file_rows(source: SourceFile) -> Iterator[FileRows]:
    """Raises FileRefusedError."""
    with ExitStack() as opened:
        with _damage_told():
            rows = _READERS[source.suffix](source, opened)
        yield rows


def _plain_rows(source: SourceFile, _opened: ExitStack) -> FileRows:
    return _text_rows(source.name, source.file)


def _zip_rows(source: SourceFile, opened: ExitStack) -> FileRows:
    archive, entry = zipped_csv(source.file)
    opened.enter_context(archive)
    return _text_rows(entry.filename, cast("BinaryIO", opened.enter_context(archive.open(entry))))


def _text_rows(name: str, file: BinaryIO) -> FileRows:
    lines = sum(chunk.count(b"\n") for chunk in iter(partial(file.read, CHUNK_BYTES), b""))
    _refuse_long(lines)
    file.seek(0)
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    return FileRows(name, lines, _undamaged(csv_rows(text)))


def _parquet_rows(source: SourceFile, _opened: ExitStack) -> FileRows:
    # Only here: pyarrow takes a while to load, and about 70 MB.
    from market_service.import_candles.parquet_rows import open_parquet  # noqa: PLC0415

    table = open_parquet(source.file)
    _refuse_long(table.row_count)
    return FileRows(source.name, table.row_count, table.rows())


def _refuse_long(rows: int) -> None:
    if rows > LARGEST_ROWS:
        raise FileRefusedError(f"it has {rows:,} rows; {LARGEST_ROWS:,} are read")


def _undamaged(rows: Iterator[FileRow | BadRow]) -> Iterator[FileRow | BadRow]:
    with _damage_told():
        yield from rows


@contextmanager
def _damage_told() -> Iterator[None]:
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError) as error:
        raise FileRefusedError(f"it is damaged: {error}") from None
    except OSError as error:
        raise FileRefusedError(f"it cannot be read: {error.strerror or error}") from None


_READERS: Final[dict[str, Callable[[SourceFile, ExitStack], FileRows]]] = {
    ".csv": _plain_rows,
    ".zip": _zip_rows,
    ".parquet": _parquet_rows,
}
