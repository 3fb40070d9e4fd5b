"""Rows of a CSV text: under a header of our names, or the exchange's twelve columns without one."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Self, TextIO

from market_service.import_candles.errors import FileRefusedError
from market_service.import_candles.file_row import BadRow, FileRow
from market_service.import_candles.shown_text import shown_text
from trading_core.candles import VALUES

LONGEST_LINE: Final = 4_096
KLINE_COLUMNS: Final = 12
TIME_NAMES: Final = ("timestamp", "open_time")


@dataclass(frozen=True, slots=True)
class Layout:
    """Where in a row things stand."""

    columns: int
    open_time: int
    figures: tuple[int, ...]
    close_time: int | None

    @classmethod
    def of_klines(cls) -> Self:
        """Open time, open, high, low, close, volume, close time, and five that are not ours."""
        return cls(KLINE_COLUMNS, 0, (1, 2, 3, 4, 5), 6)

    @classmethod
    def under(cls, header: Sequence[str]) -> Self:
        """Raises FileRefusedError for a header that lacks a name or has it twice."""
        names = [name.strip() for name in header]
        time = next((name for name in TIME_NAMES if name in names), TIME_NAMES[0])
        for name in (time, *VALUES):
            if names.count(name) != 1:
                raise FileRefusedError(
                    f"its header has {names.count(name)} columns {name!r} instead of one"
                )
        closed = names.index("close_time") if "close_time" in names else None
        return cls(
            len(names), names.index(time), tuple(names.index(name) for name in VALUES), closed
        )

    def row(self, number: int, fields: Sequence[str]) -> FileRow | BadRow:
        if len(fields) != self.columns:
            return BadRow(number, f"it has {len(fields)} columns instead of {self.columns}")
        return FileRow(
            number,
            fields[self.open_time],
            tuple(fields[column] for column in self.figures),
            None if self.close_time is None else fields[self.close_time],
        )


def csv_rows(text: TextIO) -> Iterator[FileRow | BadRow]:
    """In the order of the file; empty lines are passed over.

    Raises FileRefusedError where it is no text of such rows at all.
    """
    reader = csv.reader(_short_lines(text), strict=True)
    try:
        layout = None
        for fields in reader:
            if not fields:
                continue
            if layout is None:
                layout, is_header = _layout(fields)
                if is_header:
                    continue
            yield layout.row(reader.line_num, fields)
    except csv.Error as error:
        raise FileRefusedError(f"line {reader.line_num} is no CSV: {error}") from None
    except UnicodeDecodeError:
        raise FileRefusedError(f"after line {reader.line_num} it is no UTF-8 text") from None


def _layout(first: Sequence[str]) -> tuple[Layout, bool]:
    """How rows look, and whether the first one is a header."""
    if not first[0].strip().isdecimal():
        return Layout.under(first), True
    if len(first) == KLINE_COLUMNS:
        return Layout.of_klines(), False
    raise FileRefusedError(
        f"it begins with {shown_text(','.join(first))!r}: neither a header with timestamp, open, "
        f"high, low, close, volume nor the exchange's {KLINE_COLUMNS} columns"
    )


def _short_lines(text: TextIO) -> Iterator[str]:
    """A line without an end must not fill the memory."""
    for number, line in enumerate(iter(lambda: text.readline(LONGEST_LINE), ""), start=1):
        if len(line) == LONGEST_LINE and not line.endswith("\n"):
            raise FileRefusedError(f"line {number} is longer than {LONGEST_LINE} characters")
        yield line
