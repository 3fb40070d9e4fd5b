"""Texts of candles, ours, the exchange's and those that are neither."""

import contextlib
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from market_service.import_candles.csv_rows import LONGEST_LINE, csv_rows
from market_service.import_candles.errors import FileRefusedError
from market_service.import_candles.file_row import BadRow, FileRow

KLINE = "1704067200000,1.1,1.4,1.0,1.2,7.5,1704070799999,8,9,1,2,0"
FIGURES = ("1.1", "1.4", "1.0", "1.2", "7.5")


def rows(text: str) -> list[FileRow | BadRow]:
    return list(csv_rows(io.StringIO(text)))


def refusal(text: str) -> str:
    with pytest.raises(FileRefusedError) as refused:
        rows(text)
    return refused.value.sentence


def test_the_exchanges_rows_have_no_header_and_twelve_columns() -> None:
    assert rows(f"{KLINE}\n") == [FileRow(1, "1704067200000", FIGURES, "1704070799999")]


def test_a_header_says_where_things_stand() -> None:
    text = "volume,close,low,high,open,note,timestamp\n7.5,1.2,1.0,1.4,1.1,x,1704067200000\n"
    assert rows(text) == [FileRow(2, "1704067200000", FIGURES)]


def test_the_exchanges_own_header_is_known_too() -> None:
    text = f"open_time,open,high,low,close,volume,close_time,q,n,tb,tq,i\n{KLINE}\n"
    assert rows(text) == [FileRow(2, "1704067200000", FIGURES, "1704070799999")]


def test_empty_lines_are_passed_over_and_lines_keep_their_numbers() -> None:
    assert [row.number for row in rows(f"\n{KLINE}\n\n{KLINE}\r\n\n")] == [2, 4]


def test_a_row_of_another_length_is_a_bad_row_only() -> None:
    assert rows(f"{KLINE}\n1,2,3\n")[1] == BadRow(2, "it has 3 columns instead of 12")


def test_a_text_without_rows_has_none() -> None:
    assert rows("") == rows("timestamp,open,high,low,close,volume\n") == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1,2,3\n", "it begins with '1,2,3'"),
        ("time,open,high,low,close,volume\n", "0 columns 'timestamp' instead of one"),
        ("timestamp,open,open,high,low,close,volume\n", "2 columns 'open' instead of one"),
        (f'{KLINE}\n"1704067200000,1.1\n', "line 2 is no CSV"),
        (KLINE + "0" * LONGEST_LINE, "line 1 is longer than 4096 characters"),
    ],
)
def test_what_is_no_such_text_is_refused(text: str, said: str) -> None:
    assert said in refusal(text)


def test_bytes_that_are_no_text_are_refused() -> None:
    text = io.TextIOWrapper(
        io.BytesIO(KLINE.encode() + b"\n\xff\xfe"), encoding="utf-8", newline=""
    )
    with pytest.raises(FileRefusedError, match="no UTF-8 text"):
        list(csv_rows(text))


@given(st.text(max_size=300))
def test_no_text_does_anything_but_give_rows_or_be_refused(text: str) -> None:
    with contextlib.suppress(FileRefusedError):
        assert all(isinstance(row, FileRow | BadRow) for row in rows(text))


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=8), max_size=14))
def test_fields_of_any_content_never_break_the_rows_after_them(fields: list[str]) -> None:
    quoted = ",".join('"' + field.replace('"', '""') + '"' for field in fields)
    assert rows(f"{KLINE}\n{quoted}\n{KLINE}\n")[-1].open_time == "1704067200000"  # type: ignore[union-attr]  # a good row
