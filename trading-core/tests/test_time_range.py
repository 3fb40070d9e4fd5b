import pytest
from hypothesis import given
from hypothesis import strategies as st

from trading_core.errors import InvalidTimeRangeError
from trading_core.time_range import TimeRange, without
from trading_core.timeframe import Timeframe

ranges = st.builds(
    lambda start_ms, duration_ms: TimeRange(start_ms, start_ms + duration_ms),
    st.integers(0, 60),
    st.integers(1, 20),
)


def instants(*stretches: TimeRange) -> set[int]:
    return {instant for s in stretches for instant in range(s.start_ms, s.end_ms)}


@pytest.mark.parametrize("end_ms", [5, 4])
def test_a_range_that_holds_nothing_is_refused(end_ms: int) -> None:
    with pytest.raises(InvalidTimeRangeError, match=f"from 5 to {end_ms} holds nothing"):
        TimeRange(5, end_ms)


@given(ranges, ranges)
def test_the_overlap_is_what_both_ranges_hold(one: TimeRange, other: TimeRange) -> None:
    overlap = one.overlap(other)
    assert (instants(overlap) if overlap else set()) == instants(one) & instants(other)


@given(ranges, st.lists(ranges, max_size=5))
def test_cutting_out_leaves_exactly_the_rest(stretch: TimeRange, cuts: list[TimeRange]) -> None:
    left = without([stretch], cuts)
    assert instants(*left) == instants(stretch) - instants(*cuts)
    assert sorted(left) == list(left)
    assert sum(piece.duration_ms for piece in left) == len(instants(*left))


@given(st.sampled_from(Timeframe), st.integers(0, 10**9), st.integers(1, 10**9))
def test_only_whole_bars_are_kept(timeframe: Timeframe, start_ms: int, duration_ms: int) -> None:
    stretch = TimeRange(start_ms, start_ms + duration_ms)
    bars = stretch.whole_bars(timeframe)
    if bars is None:
        assert duration_ms < 2 * timeframe.duration_ms
        return
    assert timeframe.is_aligned(bars.start_ms)
    assert timeframe.is_aligned(bars.end_ms)
    assert 0 <= bars.start_ms - stretch.start_ms < timeframe.duration_ms
    assert 0 <= stretch.end_ms - bars.end_ms < timeframe.duration_ms
