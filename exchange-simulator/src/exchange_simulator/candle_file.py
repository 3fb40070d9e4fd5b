"""The columns of a parquet or CSV file, as floats."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from exchange_simulator.errors import RecordingError
from exchange_simulator.fixed_point import FloatColumn

if TYPE_CHECKING:
    import pyarrow as pa

COLUMNS: Final = ("timestamp", "open", "high", "low", "close", "volume")


def read_columns(path: Path) -> dict[str, FloatColumn]:
    """Every column of `COLUMNS`, equally long and at least one row.

    Raises:
        RecordingError: unreadable, a column missing or unknown, or no rows.

    """
    table = _read_table(path)
    _refuse_columns(path, table.column_names)
    if not table.num_rows:
        raise RecordingError(f"{path.name}: the file has no rows")
    return {name: _floats(path, table, name) for name in COLUMNS}


def _read_table(path: Path) -> "pa.Table":
    from pyarrow import ArrowException  # noqa: PLC0415  loading it costs 40 MB

    try:
        return _read_csv(path) if path.suffix == ".csv" else _read_parquet(path)
    except (ArrowException, OSError) as error:
        reason = str(error).splitlines()[0]
        raise RecordingError(f"{path.name}: not readable as candles: {reason}") from error


def _read_csv(path: Path) -> "pa.Table":
    from pyarrow import csv  # noqa: PLC0415  loading it costs 40 MB

    return csv.read_csv(path)


def _read_parquet(path: Path) -> "pa.Table":
    from pyarrow import parquet  # noqa: PLC0415  loading it costs 40 MB

    if path.suffix != ".parquet":
        raise RecordingError(f"{path.name}: a recording is a .parquet or a .csv file")
    with parquet.ParquetFile(path) as file:  # read_table would load pandas
        return file.read(use_threads=False)


def _refuse_columns(path: Path, found: list[str]) -> None:
    unknown = [name for name in found if name not in COLUMNS]
    missing = [name for name in COLUMNS if name not in found]
    if missing:
        raise RecordingError(f"{path.name}: the column {missing[0]!r} is missing")
    if unknown:
        raise RecordingError(f"{path.name}: the column {unknown[0]!r} is unknown")


def _floats(path: Path, table: "pa.Table", name: str) -> FloatColumn:
    """A column as floats; milliseconds up to 2100 are far below 2**53."""
    import pyarrow as pa  # noqa: PLC0415  loading it costs 40 MB

    try:
        column = table.column(name).cast(pa.float64())
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        raise RecordingError(f"{path.name}: the column {name!r} is not numeric") from error
    if column.null_count:
        raise RecordingError(f"{path.name}: the column {name!r} has empty values")
    # Not by to_numpy, which would load pandas.
    values = np.asarray(np.from_dlpack(column.combine_chunks()), np.float64)
    if not np.isfinite(values).all():
        row = int(np.flatnonzero(~np.isfinite(values))[0]) + 1
        raise RecordingError(f"{path.name}: {name!r} of row {row} is not a finite number")
    return values
