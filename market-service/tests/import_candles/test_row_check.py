"""Which rows are candles of their series."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from market_service.import_candles.errors import FileRefusedError
from market_service.import_candles.file_row import BadRow, FileRow
from market_service.import_candles.row_check import LISTED, RowCheck
from service_kit.series import Series
from trading_core.symbol import Symbol
from trading_core.timeframe import HOUR_MS, MINUTE_MS, Timeframe

SERIES = Series(Symbol("ETH", "USDT"), Timeframe.H1)
START_MS = 1_704_067_200_000
NOW_MS = START_MS + 1_000 * HOUR_MS
FIGURES = ("2300.1", "2311.0", "2299.99", "2300.5", "12.34567891")


def hour(bar: int) -> int:
    return START_MS + bar * HOUR_MS


def row(bar: int, figures: tuple[str, ...] = FIGURES) -> FileRow:
    return FileRow(bar + 1, str(hour(bar)), figures)


def reasons(*rows: FileRow | BadRow, first_available_ms: int = 0) -> list[str]:
    check = RowCheck(SERIES, NOW_MS, first_available_ms)
    list(check.candles(rows))
    return [bad.reason for bad in check.bad_rows]


def test_decimals_are_kept_to_the_last_place() -> None:
    check = RowCheck(SERIES, NOW_MS, 0)
    (candle,) = check.candles([row(0)])
    assert candle.volume == Decimal("12.34567891")
    assert (check.rows, check.first_ms, check.last_ms) == (1, hour(0), hour(0))


def test_microseconds_are_read_as_the_exchange_writes_them_since_2025() -> None:
    last = f"{hour(1) * 1_000 - 1}"
    check = RowCheck(SERIES, NOW_MS, 0)
    (candle,) = check.candles([FileRow(1, f"{hour(0)}000", FIGURES, last)])
    assert candle.open_ms == hour(0)


@pytest.mark.parametrize("close_time", ["1704070800000", "1704070799998", "1704070799999999", "x"])
def test_a_bar_that_ends_at_another_time_is_refused(close_time: str) -> None:
    (reason,) = reasons(FileRow(1, str(hour(0)), FIGURES, close_time))
    assert reason.startswith("its times are not those of one 1h bar")


@pytest.mark.parametrize("time", ["", "-1", "1704067200000.0", "2024-01-01", "9" * 30, "1e12", "١"])
def test_what_is_no_time_is_refused(time: str) -> None:
    assert "is no number" in reasons(FileRow(1, time, FIGURES))[0]


@pytest.mark.parametrize(
    "figures",
    [
        ("2300.1", "2311.0", "2299.99", "2300.5", "1e3"),
        ("2300.1", "2311.0", "2299.99", "2300.5", "-1"),
        ("2300.1", "2311.0", "2299.99", "NaN", "1"),
        ("2300.1", "2311.0", "2299.99", "2300.123456789", "1"),
        ("2300.1", "2311.0", "2299.99", "", "1"),
        ("2300.1", "2311.0", "2299.99", " 2300", "1"),
    ],
)
def test_what_is_no_exact_figure_is_refused(figures: tuple[str, ...]) -> None:
    assert "plain decimals" in reasons(row(0, figures))[0]


@pytest.mark.parametrize(
    "figures",
    [
        ("2300.1", "2300.2", "2299.99", "2300.5", "1"),
        ("2300.1", "2311.0", "2300.2", "2300.5", "1"),
        ("2300.1", "2311.0", "0", "2300.5", "1"),
    ],
)
def test_a_range_that_cannot_be_is_refused(figures: tuple[str, ...]) -> None:
    assert "low is not lowest" in reasons(row(0, figures))[0]


def test_order_grid_and_time_are_rules_too() -> None:
    assert reasons(row(3), row(3), row(2)) == ["it does not come after the row before it"] * 2
    misaligned = FileRow(1, str(hour(0) + MINUTE_MS), FIGURES)
    assert reasons(misaligned) == ["no 1h bar opens then"]
    assert reasons(row(999), row(1_000)) == ["its bar has not closed yet"]
    early = reasons(row(0), row(1), first_available_ms=hour(1))
    assert early == ["the exchange of this market has no bar so early"]


def test_only_the_first_bad_rows_are_listed_but_all_are_counted() -> None:
    check = RowCheck(SERIES, NOW_MS, 0)
    assert list(check.candles(BadRow(number, "broken") for number in range(100))) == []
    assert (check.bad_count, len(check.bad_rows)) == (100, LISTED)


@pytest.mark.parametrize("step_ms", [MINUTE_MS, 3 * HOUR_MS, 24 * HOUR_MS])
def test_rows_of_another_timeframe_are_not_taken_for_gaps(step_ms: int) -> None:
    check = RowCheck(SERIES, NOW_MS, 0)
    times = (START_MS + bar * step_ms for bar in range(20))
    list(check.candles(FileRow(1, str(time), FIGURES) for time in times))
    with pytest.raises(FileRefusedError, match="not 1h apart"):
        check.refuse_other_spacing()


def test_gaps_are_no_other_timeframe() -> None:
    check = RowCheck(SERIES, NOW_MS, 0)
    list(check.candles(row(bar) for bar in (0, 1, 5, 6, 40)))
    check.refuse_other_spacing()


texts = st.text(max_size=20) | st.from_regex(r"\d{1,14}(\.\d{0,9})?", fullmatch=True)


@given(
    st.lists(st.builds(FileRow, st.integers(1), texts, st.tuples(*[texts] * 5), st.none() | texts))
)
def test_every_row_is_a_candle_or_named(rows: list[FileRow]) -> None:
    check = RowCheck(SERIES, NOW_MS, 0)
    candles = list(check.candles(rows))
    assert len(candles) + check.bad_count == check.rows == len(rows)
    assert all(bad.reason.isprintable() for bad in check.bad_rows)
    for candle in candles:
        assert 0 < candle.low <= min(candle.open, candle.close)
        assert candle.high >= max(candle.open, candle.close)
        assert candle.closes_at_ms <= NOW_MS
