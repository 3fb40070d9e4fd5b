from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import cast

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import ArrayLike

from trading_core.candles import COLUMNS, VALUES, Candles
from trading_core.errors import InvalidCandlesError
from trading_core.live_candle import LiveCandle
from trading_core.symbol import Symbol
from trading_core.time_range import TimeRange
from trading_core.timeframe import MINUTE_MS, Timeframe

ETH = Symbol("ETH", "USDT")
FIRST_MS = 1_722_807_000_000
GOOD_ROW = (FIRST_MS, 2900.0, 2910.5, 2890.25, 2905.75, 12.5)

BuildCandles = Callable[..., Candles]
minute_sets = st.sets(st.integers(0, 40)).map(sorted)


def minutes(*indices: int) -> list[int]:
    return [FIRST_MS + index * MINUTE_MS for index in indices]


def of_rows(*rows: Sequence[object]) -> Candles:
    return Candles.from_rows(ETH, Timeframe.M1, rows)


def with_value(position: int, value: object) -> Candles:
    row: list[object] = list(GOOD_ROW)
    row[position] = value
    return of_rows(row)


def test_rows_survive_the_round_trip() -> None:
    second = (FIRST_MS + MINUTE_MS, 2905.75, 2905.75, 2905.75, 2905.75, 0.0)
    candles = of_rows(GOOD_ROW, second)
    assert candles.rows() == [list(GOOD_ROW), list(second)]
    assert isinstance(candles.rows()[0][0], int)
    assert (candles.symbol, candles.timeframe) == (ETH, Timeframe.M1)


def test_decimal_strings_are_read_as_the_exchange_sends_them() -> None:
    row = (FIRST_MS, "2900.00", "2910.50", "2890.25", "2905.75", "12.50000000")
    assert of_rows(row) == of_rows(GOOD_ROW)


def test_rows_and_columns_make_the_same_candles() -> None:
    columns = {name: [value] for name, value in zip(COLUMNS, GOOD_ROW, strict=True)}
    assert Candles.from_columns(ETH, Timeframe.M1, columns) == of_rows(GOOD_ROW)


def test_arrays_are_contiguous_and_of_one_kind() -> None:
    candles = of_rows(GOOD_ROW)
    assert candles.open_time_ms.dtype == np.int64
    for name in VALUES:
        array = getattr(candles, name)
        assert array.dtype == np.float64
        assert array.flags.c_contiguous


def test_nobody_can_write_to_candles(candles_at: BuildCandles) -> None:
    candles = candles_at(minutes(0, 1, 2))
    for part in (candles, candles[1:]):
        for name in ("open_time_ms", *VALUES):
            with pytest.raises(ValueError, match="read-only"):
                getattr(part, name)[0] = 1


def test_candles_keep_their_values_when_the_giver_changes_his() -> None:
    columns = {name: np.array([value]) for name, value in zip(COLUMNS, GOOD_ROW, strict=True)}
    candles = Candles.from_columns(ETH, Timeframe.M1, columns)
    for column in columns.values():
        column[0] = 0
    assert candles.rows() == [list(GOOD_ROW)]


@pytest.mark.parametrize(
    ("position", "value", "rule"),
    [
        (0, FIRST_MS + 1, "is not aligned to 1m"),
        (0, FIRST_MS + 0.5, "not a whole number of milliseconds"),
        (0, float("nan"), "not a whole number of milliseconds"),
        (0, 1e300, "not a whole number of milliseconds"),
        (0, -MINUTE_MS, "timestamp is negative"),
        (1, float("nan"), "open is not finite"),
        (1, None, "open is not finite"),
        (2, float("inf"), "high is not finite"),
        (3, 0.0, "low is not positive"),
        (3, 2901.0, "low is not lowest"),
        (2, 2905.0, "high is not highest"),
        (4, 2889.0, "low is not lowest"),
        (5, -0.1, "volume is negative"),
        (5, "NaN", "volume is not finite"),
    ],
)
def test_a_value_that_breaks_a_rule_is_refused(position: int, value: object, rule: str) -> None:
    with pytest.raises(InvalidCandlesError, match=rf"candle row 0 .*{rule}"):
        with_value(position, value)


@pytest.mark.parametrize("bars", [(0, 0), (1, 0), (0, 1, 3, 2)])
def test_times_that_do_not_ascend_are_refused(candles_at: BuildCandles, bars: list[int]) -> None:
    with pytest.raises(InvalidCandlesError, match="does not come after the row before it"):
        candles_at(minutes(*bars))


@pytest.mark.parametrize(
    "rows",
    [
        [[FIRST_MS]],
        [[]],
        [GOOD_ROW, GOOD_ROW[:5]],
        [[*GOOD_ROW, 1.0]],
        "<html>",
        [[FIRST_MS, "a", "b", "c", "d", "e"]],
        [[FIRST_MS, 10**400, 1, 1, 1, 1]],
        {"code": -1121},
        [[[1.0] * 6]],
    ],
)
def test_rows_of_another_shape_are_refused(rows: object) -> None:
    with pytest.raises(InvalidCandlesError, match="not 6 numbers each"):
        Candles.from_rows(ETH, Timeframe.M1, cast("Sequence[Sequence[object]]", rows))


@pytest.mark.parametrize(
    ("close", "sentence"),
    [
        ([1.0, 2.0], "not of one length"),
        (1.0, "not of one length"),
        (["1.0"], "something else than numbers"),
        ([None], "something else than numbers"),
        ([[1.0], [1.0, 2.0]], "not one row of numbers"),
    ],
)
def test_columns_that_do_not_fit_are_refused(close: ArrayLike, sentence: str) -> None:
    columns: dict[str, ArrayLike] = {
        name: [value] for name, value in zip(COLUMNS, GOOD_ROW, strict=True)
    }
    with pytest.raises(InvalidCandlesError, match=sentence):
        Candles.from_columns(ETH, Timeframe.M1, {**columns, "close": close})


def test_a_missing_column_is_named() -> None:
    with pytest.raises(InvalidCandlesError, match="lack the column 'volume'"):
        Candles.from_columns(ETH, Timeframe.M1, {name: [1] for name in COLUMNS[:5]})


def test_no_candles_have_no_first_bar() -> None:
    nothing = Candles.empty(ETH, Timeframe.H1)
    assert (len(nothing), nothing.rows(), nothing.gaps()) == (0, [], ())
    with pytest.raises(InvalidCandlesError, match="there are no ETHUSDT 1h candles"):
        _ = nothing.first_open_ms


def test_candles_know_their_span(candles_at: BuildCandles) -> None:
    candles = candles_at(minutes(0, 1, 5))
    assert [candles.first_open_ms, candles.last_open_ms, candles.closed_until_ms] == minutes(
        0, 5, 6
    )


def test_slicing_keeps_consecutive_bars(candles_at: BuildCandles) -> None:
    candles = candles_at(minutes(0, 1, 2, 3))
    assert candles[1:-1].rows() == candles.rows()[1:-1]
    assert np.shares_memory(candles[1:].close, candles.close)
    with pytest.raises(InvalidCandlesError, match="without a step"):
        _ = candles[::-1]


@given(minute_sets, st.integers(-100_000, 3_000_000), st.integers(-100_000, 3_000_000))
def test_between_holds_the_bars_that_open_in_the_range(
    present: list[int], since: int, until: int
) -> None:
    candles = of_rows(*((time, *GOOD_ROW[1:]) for time in minutes(*present)))
    since_ms, until_ms = FIRST_MS + since, FIRST_MS + max(since, until)
    kept = candles.between(since_ms, until_ms).open_time_ms.tolist()
    assert kept == [time for time in minutes(*present) if since_ms <= time < until_ms]


@given(minute_sets, st.integers(-100_000, 3_000_000))
def test_a_bar_counts_as_closed_from_the_instant_of_its_close(present: list[int], now: int) -> None:
    candles = of_rows(*((time, *GOOD_ROW[1:]) for time in minutes(*present)))
    closed = candles.closed_by(FIRST_MS + now).open_time_ms.tolist()
    assert closed == [t for t in minutes(*present) if t + MINUTE_MS <= FIRST_MS + now]


@given(minute_sets, st.integers(0, 20), st.integers(1, 20))
def test_gaps_and_bars_together_fill_the_range(present: list[int], start: int, length: int) -> None:
    candles = of_rows(*((time, *GOOD_ROW[1:]) for time in minutes(*present)))
    within = TimeRange(*minutes(start, start + length))
    gaps = candles.gaps(within)
    missing = [t for gap in gaps for t in range(gap.start_ms, gap.end_ms, MINUTE_MS)]
    there = candles.between(within.start_ms, within.end_ms).open_time_ms.tolist()
    assert sorted(missing + there) == minutes(*range(start, start + length))
    assert all(a.end_ms < b.start_ms for a, b in pairwise(gaps))


def test_gaps_lie_between_the_first_bar_and_the_last(candles_at: BuildCandles) -> None:
    candles = candles_at(minutes(2, 3, 6, 9))
    assert candles.gaps() == (TimeRange(*minutes(4, 6)), TimeRange(*minutes(7, 9)))


def test_half_a_bar_at_the_edge_of_a_range_is_no_gap(candles_at: BuildCandles) -> None:
    candles = candles_at(minutes(1))
    assert candles.gaps(TimeRange(FIRST_MS + 1, FIRST_MS + 3 * MINUTE_MS - 1)) == ()
    assert candles.gaps(TimeRange(FIRST_MS + 1, FIRST_MS + 2)) == ()


def test_the_hash_is_of_the_content_alone(candles_at: BuildCandles) -> None:
    candles = candles_at(minutes(0, 1, 2))
    again = Candles.from_rows(ETH, Timeframe.M1, candles.rows())
    assert candles.content_hash() == again.content_hash()
    assert hash(candles) == hash(again)
    others = [
        candles[1:],
        Candles.from_rows(Symbol("BTC", "USDT"), Timeframe.M1, candles.rows()),
        Candles.empty(ETH, Timeframe.M1),
        Candles.empty(ETH, Timeframe.H1),
    ]
    assert len({candles.content_hash(), *(other.content_hash() for other in others)}) == 5


def test_the_hash_stays_the_same_over_releases() -> None:
    assert of_rows(GOOD_ROW).content_hash() == (
        "dcea30013c1a4ba6f9956e0c72a883f3b007207a0afdf9a8edfd3eab521c6d77"
    )


def test_a_live_candle_knows_when_it_closes() -> None:
    live = LiveCandle(ETH, Timeframe.M1, *GOOD_ROW)
    assert live.row() == GOOD_ROW
    assert live.closes_at_ms == FIRST_MS + MINUTE_MS
