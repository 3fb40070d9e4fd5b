"""The one CSV in a zip as the exchange publishes them, distrusted: names, sizes, what it claims."""

import os
import stat
import struct
import zipfile
from typing import BinaryIO, Final

from market_service.import_candles.errors import FileRefusedError
from market_service.import_candles.shown_text import shown_text

LARGEST_UNPACKED_BYTES: Final = 10**9
LARGEST_RATIO: Final = 200
"""Unpacked over packed. Candles pack to a fourth; even an hour of equal ones to no hundredth."""
METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)

_ENCRYPTED: Final = 0x1
_END: Final = b"PK\x05\x06"
_END_BYTES: Final = 22
_LONGEST_COMMENT: Final = 0xFFFF


def zipped_csv(archive: BinaryIO) -> tuple[zipfile.ZipFile, zipfile.ZipInfo]:
    """Raises FileRefusedError for anything but exactly one plain CSV of a bearable size."""
    _refuse_many(archive)
    try:
        opened = zipfile.ZipFile(archive)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        raise FileRefusedError("it is no readable zip") from None
    entries = opened.infolist()
    if len(entries) != 1:
        raise FileRefusedError(f"it holds {len(entries)} files instead of one CSV")
    _refuse_entry(entries[0])
    return opened, entries[0]


def _refuse_many(archive: BinaryIO) -> None:
    """Ask how many entries there are before a list of millions of them is read."""
    size = archive.seek(0, os.SEEK_END)
    archive.seek(max(0, size - _END_BYTES - _LONGEST_COMMENT))
    tail = archive.read()
    found = tail.rfind(_END)
    if found < 0 or len(tail) - found < _END_BYTES:
        raise FileRefusedError("it is no readable zip")
    (count,) = struct.unpack_from("<H", tail, found + 10)
    if count != 1:
        raise FileRefusedError(f"it holds {count} files instead of one CSV")


def _refuse_entry(entry: zipfile.ZipInfo) -> None:
    name, kind = shown_text(entry.filename), stat.S_IFMT(entry.external_attr >> 16)
    ratio = entry.file_size / max(1, entry.compress_size)
    plain = not set(entry.filename) & set("/\\:\0") and not entry.filename.startswith(".")
    wrongs = {
        f"its entry {name!r} is no plain file name": not plain,
        f"its entry {name!r} is no regular file": kind not in (0, stat.S_IFREG),
        f"its entry {name!r} is no .csv": not entry.filename.lower().endswith(".csv"),
        "it is encrypted": entry.flag_bits & _ENCRYPTED,
        "it is packed in a way that is not read": entry.compress_type not in METHODS,
        f"unpacked it has {entry.file_size / 1e6:.0f} MB; 1,000 MB are read": (
            entry.file_size > LARGEST_UNPACKED_BYTES
        ),
        f"it unpacks to {ratio:.0f} times its size; {LARGEST_RATIO} times are read": (
            ratio > LARGEST_RATIO
        ),
    }
    for sentence, is_wrong in wrongs.items():
        if is_wrong:
            raise FileRefusedError(sentence)
