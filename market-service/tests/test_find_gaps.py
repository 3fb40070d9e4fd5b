from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from market_service.find_gaps import (
    PAGE_BARS,
    bar_count,
    gaps_before_last,
    history_start,
    pages_over,
)
from trading_core.time_range import TimeRange
from trading_core.timeframe import DAY_MS, MINUTE_MS, Timeframe

M1 = Timeframe.M1
NOW_MS = 1_722_807_000_000


def bars(first: int, end: int) -> TimeRange:
    return TimeRange(first * MINUTE_MS, end * MINUTE_MS)


def covered(ranges: tuple[TimeRange, ...]) -> set[int]:
    return {bar for part in ranges for bar in range(part.start_ms, part.end_ms, M1.duration_ms)}


def test_what_an_answer_skips_is_a_gap() -> None:
    opens = [bar * MINUTE_MS for bar in (12, 13, 17)]
    assert gaps_before_last(bars(10, 11).start_ms, opens, M1) == (bars(10, 12), bars(14, 17))


def test_an_empty_answer_proves_no_gap() -> None:
    assert gaps_before_last(0, [], M1) == ()


@given(present=st.sets(st.integers(0, 60), min_size=1))
def test_gaps_and_bars_together_are_everything_up_to_the_last_bar(present: set[int]) -> None:
    opens = [bar * MINUTE_MS for bar in sorted(present)]
    gaps = gaps_before_last(0, opens, M1)
    assert covered(gaps) | set(opens) == set(range(0, opens[-1] + 1, MINUTE_MS))
    assert not covered(gaps) & set(opens)


def test_small_holes_that_lie_close_share_a_page() -> None:
    holes = (bars(0, 2), bars(500, 501), bars(998, 999), bars(5_000, 5_001))
    assert pages_over(holes, M1) == (bars(5_000, 5_001), bars(0, 999))


def test_a_long_hole_is_asked_for_newest_first() -> None:
    pages = pages_over([bars(0, 10_000)], M1)
    assert pages[0] == bars(10_000 - PAGE_BARS, 10_000)
    assert pages[-1] == bars(0, 10_000 - 10 * PAGE_BARS)
    assert len(pages) == 11


EDGES = st.lists(st.integers(0, 9_000), min_size=2, max_size=12, unique=True).map(sorted)
HOLES = EDGES.map(
    lambda edges: [bars(*pair) for pair in zip(edges[::2], edges[1::2], strict=False)]
)


@given(holes=HOLES)
def test_pages_cover_every_hole_are_short_and_never_overlap(holes: list[TimeRange]) -> None:
    pages = pages_over(holes, M1)
    assert covered(tuple(holes)) <= covered(pages)
    assert all(bar_count([page], M1) <= PAGE_BARS for page in pages)
    assert all(newer.start_ms >= older.end_ms for newer, older in pairwise(pages))
    assert {page.start_ms for page in pages} <= covered(tuple(holes))


def test_history_reaches_as_far_as_wanted() -> None:
    start_ms = history_start(M1, NOW_MS, 10_000, 0)
    assert M1.bars_between(start_ms, M1.bar_open(NOW_MS)) == 10_000


def test_history_reaches_at_least_as_far_as_the_window_rule_needs() -> None:
    assert history_start(M1, NOW_MS, 10, 0) == M1.window_start(M1.last_closed_open(NOW_MS))


@pytest.mark.parametrize("wanted", [None, 100_000_000])
def test_history_begins_with_the_first_bar_of_the_exchange(wanted: int | None) -> None:
    assert history_start(Timeframe.D1, NOW_MS, wanted, 17_000 * DAY_MS) == 17_000 * DAY_MS


def test_all_history_of_an_exchange_without_a_beginning_is_everything() -> None:
    assert history_start(Timeframe.D1, NOW_MS, None, 0) == 0
