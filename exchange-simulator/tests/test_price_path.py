import itertools

from hypothesis import given
from hypothesis import strategies as st

from exchange_simulator.bars import Bar
from exchange_simulator.market import CENT
from exchange_simulator.price_path import price_path

STEP = CENT.price


@st.composite
def bars(draw: st.DrawFn) -> Bar:
    low, high = sorted(draw(st.tuples(st.integers(1, 10**6), st.integers(1, 10**6))))
    open_, close = (draw(st.integers(low, high)) for _ in range(2))
    minute = draw(st.integers(0, 30_000_000))
    volume = draw(st.integers(0, 10**9)) * CENT.volume
    return Bar(minute * 60_000, open_ * STEP, high * STEP, low * STEP, close * STEP, volume)


@given(bars())
def test_the_bar_so_far_is_consistent_and_only_grows(bar: Bar) -> None:
    path = price_path(bar, CENT)
    moments = [path.until(n / 60) for n in range(61)]
    for so_far in moments:
        assert bar.low <= so_far.low <= min(so_far.open, so_far.close)
        assert max(so_far.open, so_far.close) <= so_far.high <= bar.high
        assert so_far.close % STEP == 0
    for earlier, later in itertools.pairwise(moments):
        assert earlier.high <= later.high
        assert earlier.low >= later.low
        assert earlier.volume <= later.volume


@given(bars())
def test_the_path_begins_at_the_open_and_ends_as_the_candle(bar: Bar) -> None:
    path = price_path(bar, CENT)
    assert path.until(0) == Bar(bar.open_ms, bar.open, bar.open, bar.open, bar.open, 0)
    assert path.until(1) == bar


@given(bars())
def test_both_extremes_are_reached_on_the_way(bar: Bar) -> None:
    late = price_path(bar, CENT).until(0.9999)
    assert (late.high, late.low) == (bar.high, bar.low)
