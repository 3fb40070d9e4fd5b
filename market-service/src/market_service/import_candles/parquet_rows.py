"""Rows of a parquet table with our column names; further columns are not read."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import BinaryIO, Final

import pyarrow as pa
import pyarrow.parquet as pq

from market_service.import_candles.errors import FileRefusedError
from market_service.import_candles.file_row import FileRow
from market_service.import_candles.shown_text import shown_text
from trading_core.candles import COLUMNS, VALUES

LARGEST_TABLE_BYTES: Final = 10**9
"""Of the columns that we read, unpacked."""
BATCH_ROWS: Final = 20_000
PLACES: Final = Decimal("1E-8")


@dataclass(frozen=True, slots=True)
class ParquetTable:
    """Raises FileRefusedError wherever it is read and turns out to be damaged."""

    file: pq.ParquetFile

    @property
    def row_count(self) -> int:
        count: int = self.file.metadata.num_rows
        return count

    def rows(self) -> Iterator[FileRow]:
        number = 0
        with _damage_told():
            for batch in self.file.iter_batches(BATCH_ROWS, columns=list(COLUMNS)):
                columns = [batch.column(name).to_pylist() for name in COLUMNS]
                for time, *figures in zip(*columns, strict=True):
                    number += 1
                    yield FileRow(number, exact_text(time), tuple(map(exact_text, figures)))


def open_parquet(file: BinaryIO) -> ParquetTable:
    """Raises FileRefusedError for what is no such table, or too large a one."""
    with _damage_told():
        table = pq.ParquetFile(file)
        _check_columns(table.schema_arrow)
        _check_size(table.metadata)
    return ParquetTable(table)


def exact_text(value: object) -> str:
    """A number as a decimal that means exactly it.

    A float is the decimal of 8 places that reads as the very same float, where there is one; else
    its own shortest decimal, which is then too long to be a price.
    """
    if value is None:
        return ""
    if not isinstance(value, float):
        return str(value)
    shortest = Decimal(repr(value))
    if not shortest.is_finite() or abs(value) >= 10**20:
        return repr(value)
    rounded = shortest.quantize(PLACES)
    return f"{rounded if float(rounded) == value else shortest:f}"


def _check_columns(schema: pa.Schema) -> None:
    for name in COLUMNS:
        if schema.names.count(name) != 1:
            raise FileRefusedError(
                f"it has {schema.names.count(name)} columns {name!r} instead of one"
            )
        kind = schema.field(name).type
        if not _is_readable(kind, is_time=name not in VALUES):
            raise FileRefusedError(f"its column {name!r} holds {kind}")


def _is_readable(kind: pa.DataType, *, is_time: bool) -> bool:
    if is_time:
        return bool(pa.types.is_integer(kind))
    checks = (pa.types.is_float64, pa.types.is_integer, pa.types.is_decimal, pa.types.is_string)
    return any(check(kind) for check in checks)


def _check_size(metadata: pq.FileMetaData) -> None:
    groups = (metadata.row_group(index) for index in range(metadata.num_row_groups))
    columns = (group.column(index) for group in groups for index in range(group.num_columns))
    unpacked = sum(
        column.total_uncompressed_size for column in columns if column.path_in_schema in COLUMNS
    )
    if unpacked > LARGEST_TABLE_BYTES:
        raise FileRefusedError(f"unpacked it has {unpacked / 1e6:.0f} MB; 1,000 MB are read")


@contextmanager
def _damage_told() -> Iterator[None]:
    try:
        yield
    except (pa.ArrowException, OSError) as error:
        said = str(error).splitlines() or [type(error).__name__]
        raise FileRefusedError(f"it is no readable parquet: {shown_text(said[0])}") from None
