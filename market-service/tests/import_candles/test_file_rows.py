"""Files on disk: zips that want to do harm, tables that are none, links, pipes, odd names."""

import hashlib
import os
import stat
import zipfile
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from market_service.import_candles.errors import FileRefusedError
from market_service.import_candles.file_row import BadRow, FileRow
from market_service.import_candles.file_rows import file_rows
from market_service.import_candles.parquet_rows import exact_text
from market_service.import_candles.shown_text import shown_text
from market_service.import_candles.source_file import LARGEST_BYTES, open_source

KLINE = "1704067200000,1.1,1.4,1.0,1.2,7.5,1704070799999,8,9,1,2,0\n"
NAME = "ETHUSDT-1h-2024-01"


def rows(path: Path) -> list[FileRow | BadRow]:
    with open_source(path) as source, file_rows(source) as found:
        return list(found.rows)


def refusal(path: Path) -> str:
    with pytest.raises(FileRefusedError) as refused:
        rows(path)
    assert refused.value.sentence.isprintable()
    return refused.value.sentence


def zipped(folder: Path, *entries: tuple[zipfile.ZipInfo | str, str]) -> Path:
    path = folder / f"{NAME}.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry, text in entries:
            archive.writestr(entry, text)
    return path


def table(folder: Path, **columns: "Sequence[object] | pa.Array[Any]") -> Path:
    path = folder / f"{NAME}.parquet"
    candle = {"open": [1.1], "high": [1.4], "low": [1.0], "close": [1.2], "volume": [7.5]}
    pq.write_table(pa.table({"timestamp": [1_704_067_200_000], **candle, **columns}), path)
    return path


def patched(path: Path, old: bytes, new: bytes) -> Path:
    assert old in path.read_bytes()
    path.write_bytes(path.read_bytes().replace(old, new))
    return path


def test_a_zip_gives_the_rows_of_its_csv(tmp_path: Path) -> None:
    assert len(rows(zipped(tmp_path, (f"{NAME}.csv", KLINE * 3)))) == 3


def test_a_text_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / f"{NAME}.CSV"
    path.write_bytes(b"\xef\xbb\xbf" + KLINE.encode())
    assert [row.number for row in rows(path)] == [1]


@pytest.mark.parametrize(
    "name", ["../x.csv", "/etc/x.csv", "a/b.csv", "a\\b.csv", "C:x.csv", ".x.csv"]
)
def test_an_entry_with_a_path_is_refused(tmp_path: Path, name: str) -> None:
    assert "is no plain file name" in refusal(zipped(tmp_path, (name, KLINE)))


def test_a_zip_holds_one_csv_and_nothing_else(tmp_path: Path) -> None:
    assert "2 files instead of one" in refusal(zipped(tmp_path, ("a.csv", KLINE), ("b.csv", "")))
    assert "0 files instead of one" in refusal(zipped(tmp_path))
    assert "is no .csv" in refusal(zipped(tmp_path, ("a.txt", KLINE)))


def test_a_link_in_a_zip_is_refused(tmp_path: Path) -> None:
    entry = zipfile.ZipInfo(f"{NAME}.csv")
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    assert "is no regular file" in refusal(zipped(tmp_path, (entry, "/etc/passwd")))


def test_an_encrypted_zip_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path, (f"{NAME}.csv", KLINE))
    packed = bytearray(path.read_bytes())
    packed[packed.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(packed)
    assert refusal(path) == "it is encrypted"


def test_a_zip_that_grows_beyond_measure_is_refused_unread(tmp_path: Path) -> None:
    path = zipped(tmp_path, (f"{NAME}.csv", "0" * 10_000_000))
    assert "times its size; 200 times are read" in refusal(path)


def test_a_zip_that_lies_of_its_size_gives_no_more_than_it_says(tmp_path: Path) -> None:
    path = zipped(tmp_path, (f"{NAME}.csv", KLINE * 1_000))
    size = len(KLINE * 1_000)
    patched(path, size.to_bytes(4, "little"), (size // 2).to_bytes(4, "little"))
    assert "it is damaged" in refusal(path)


@pytest.mark.parametrize("damage", [b"", b"PK", b"nothing like it" * 99])
def test_what_is_no_zip_is_refused(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / f"{NAME}.zip"
    path.write_bytes(damage)
    assert refusal(path) == "it is no readable zip"


def test_a_zip_cut_short_or_changed_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path, (f"{NAME}.csv", "".join(f"{n}{KLINE}" for n in range(500))))
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert refusal(path) == "it is no readable zip"
    path.write_bytes(whole[:200] + bytes(100) + whole[300:])
    assert "it is damaged" in refusal(path)


def test_a_table_gives_decimals(tmp_path: Path) -> None:
    exact = ("1.10000000", "1.40000000", "1.00000000", "1.20000000", "7.50000000")
    assert rows(table(tmp_path)) == [FileRow(1, "1704067200000", exact)]
    whole = pa.array([7], pa.int32())
    assert rows(table(tmp_path, volume=whole)) == [FileRow(1, "1704067200000", (*exact[:4], "7"))]


def test_a_value_that_is_missing_is_empty_text(tmp_path: Path) -> None:
    (row,) = rows(table(tmp_path, volume=pa.array([None], pa.float64())))
    assert isinstance(row, FileRow)
    assert row.figures[4] == ""


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.3, "0.30000000"),
        (0.1 + 0.2, "0.30000000000000004"),
        (1e-05, "0.00001000"),
        (12345678.12345678, "12345678.12345678"),
        (Decimal("7.50"), "7.50"),
        ("7.5", "7.5"),
        (float("nan"), "nan"),
        (1e300, "1e+300"),
    ],
)
def test_only_a_float_that_means_a_decimal_becomes_one(value: object, text: str) -> None:
    assert exact_text(value) == text


@given(st.decimals(0, 99_999_999, places=8))
def test_every_decimal_of_eight_places_survives_being_a_float_of_sixteen_digits(
    value: Decimal,
) -> None:
    assert Decimal(exact_text(float(value))) == value


def test_tables_of_other_columns_are_refused(tmp_path: Path) -> None:
    assert "its column 'timestamp' holds string" in refusal(table(tmp_path, timestamp=["now"]))
    assert "its column 'low' holds bool" in refusal(table(tmp_path, low=[True]))
    path = tmp_path / f"{NAME}.parquet"
    pq.write_table(pa.table({"timestamp": [1]}), path)
    assert refusal(path) == "it has 0 columns 'open' instead of one"


def test_what_is_no_table_is_refused(tmp_path: Path) -> None:
    path = table(tmp_path)
    whole = path.read_bytes()
    for damage in (b"", b"PAR1", whole[: len(whole) // 2], b"PAR1" + whole[9:]):
        path.write_bytes(damage)
        assert "it is no readable parquet" in refusal(path)


def test_links_pipes_and_folders_are_refused(tmp_path: Path) -> None:
    (tmp_path / "there.csv").write_text(KLINE)
    (tmp_path / "link.csv").symlink_to(tmp_path / "there.csv")
    (tmp_path / "folder.csv").mkdir()
    os.mkfifo(tmp_path / "pipe.csv")
    assert "it is a link" in refusal(tmp_path / "link.csv")
    assert refusal(tmp_path / "folder.csv") == "it is no regular file"
    assert refusal(tmp_path / "pipe.csv") == "it is no regular file"
    assert refusal(tmp_path / "absent.csv") == "it cannot be opened: No such file or directory"
    assert refusal(tmp_path / "other.txt") == "it is none of .csv, .parquet, .zip"


def test_a_file_beyond_measure_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / f"{NAME}.csv"
    path.touch()
    os.truncate(path, LARGEST_BYTES[".csv"] + 1)
    assert "1000 MB are read" in refusal(path)


def test_a_checksum_beside_a_file_has_to_be_right(tmp_path: Path) -> None:
    path = zipped(tmp_path, (f"{NAME}.csv", KLINE))
    beside = tmp_path / f"{path.name}.CHECKSUM"
    beside.write_text(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n")
    assert len(rows(path)) == 1
    beside.write_text(f"{'0' * 64}  {path.name}\n")
    assert f"says {'0' * 64}" in refusal(path)
    beside.write_text("none")
    assert "holds no SHA-256" in refusal(path)


def test_a_file_that_grows_while_it_is_read_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / f"{NAME}.csv"
    path.write_text(KLINE)
    with open_source(path) as source:
        path.write_text(KLINE * 2)
        with pytest.raises(FileRefusedError, match="changed while it was read"):
            source.refuse_changed()


def test_odd_names_can_be_shown() -> None:
    assert shown_text("a\x1b[31m\n\udcff\u202e.csv") == "a?[31m???.csv"
    assert len(shown_text("x" * 999)) == 201
