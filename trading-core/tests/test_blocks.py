from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trading_core.blocks import Block, blocks
from trading_core.candles import Candles
from trading_core.symbol import Symbol
from trading_core.timeframe import MINUTE_MS, WINDOW_BARS, Timeframe

BLOCK_MS = WINDOW_BARS * MINUTE_MS
FIRST_MS = 14_300 * BLOCK_MS


@pytest.fixture(scope="module")
def minutes() -> Callable[[list[int]], Candles]:
    """Flat candles that open at minutes counted from the first of a block."""

    def build(opened: list[int]) -> Candles:
        rows = [(FIRST_MS + minute * MINUTE_MS, 2.0, 2.0, 2.0, 2.0, 1.0) for minute in opened]
        return Candles.from_rows(Symbol("ETH", "USDT"), Timeframe.M1, rows)

    return build


Minutes = Callable[[list[int]], Candles]


def test_a_block_ends_with_the_grid_and_looks_back_one_block(minutes: Minutes) -> None:
    candles = minutes(list(range(6500)))
    assert list(blocks(candles, FIRST_MS + 2100 * MINUTE_MS)) == [
        Block(window=slice(0, 4000), kept=slice(2100, 4000), opening=2000),
        Block(window=slice(2000, 6000), kept=slice(4000, 6000), opening=4000),
        Block(window=slice(4000, 6500), kept=slice(6000, 6500), opening=6000),
    ]


def test_the_kept_rows_are_counted_from_the_windows_first() -> None:
    block = Block(window=slice(2000, 6000), kept=slice(4500, 6000), opening=4000)
    assert block.kept_in_window == slice(2500, 4000)


def test_missing_minutes_are_not_counted_as_rows(minutes: Minutes) -> None:
    candles = minutes([*range(1990), *range(2010, 2020), *range(4005, 4010)])
    assert list(blocks(candles, FIRST_MS + 2000 * MINUTE_MS)) == [
        Block(window=slice(0, 2000), kept=slice(1990, 2000), opening=1990),
        Block(window=slice(1990, 2005), kept=slice(2000, 2005), opening=2000),
    ]


def test_a_block_that_lies_wholly_in_an_outage_is_not_there(minutes: Minutes) -> None:
    candles = minutes([0, 1, 4500, 4501])
    assert [block.kept for block in blocks(candles, 0)] == [slice(0, 2), slice(2, 4)]
    assert [block.window for block in blocks(candles, 0)] == [slice(0, 2), slice(2, 4)]


def test_no_block_looks_behind_the_first_bar_that_the_exchange_has(minutes: Minutes) -> None:
    candles = minutes(list(range(3000)))
    assert list(blocks(candles, 0, first_available_ms=FIRST_MS + 2500 * MINUTE_MS)) == [
        Block(window=slice(2500, 3000), kept=slice(2500, 3000), opening=2500)
    ]
    later = list(blocks(candles, 0, first_available_ms=FIRST_MS + 700 * MINUTE_MS))
    assert [block.window for block in later] == [slice(700, 2000), slice(700, 3000)]


def test_there_is_no_block_without_a_bar_to_keep(minutes: Minutes) -> None:
    assert list(blocks(minutes([]), 0)) == []
    assert list(blocks(minutes([5]), FIRST_MS + 6 * MINUTE_MS)) == []


@given(
    opened=st.sets(st.integers(0, 9000), min_size=1, max_size=30).map(sorted),
    since=st.integers(0, 9000),
    listed=st.integers(0, 9000),
)
def test_every_bar_is_kept_once_and_seen_from_its_own_window_start(
    minutes: Minutes, opened: list[int], since: int, listed: int
) -> None:
    candles = minutes(opened)
    times = candles.open_time_ms
    since_ms, listed_ms = FIRST_MS + since * MINUTE_MS, FIRST_MS + listed * MINUTE_MS
    kept: list[int] = []
    for block in blocks(candles, since_ms, listed_ms):
        kept += range(block.kept.start, block.kept.stop)
        assert block.window.stop == block.kept.stop
        assert block.window.start <= block.opening <= block.kept.start
        for row in range(block.kept.start, block.kept.stop):
            start_ms = Timeframe.M1.window_start(int(times[row]), listed_ms)
            assert block.window.start == np.searchsorted(times, start_ms)
            (alone,) = blocks(candles[: row + 1], int(times[row]), listed_ms)
            assert (alone.window.start, alone.opening) == (block.window.start, block.opening)
    assert kept == [row for row, ms in enumerate(times) if ms >= max(since_ms, listed_ms)]
