from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from signals_service.rebuild.chunks import CHUNK_BARS, chunk_start, chunks
from trading_core.time_range import TimeRange
from trading_core.timeframe import Timeframe

HOUR_MS = Timeframe.H1.duration_ms
bars = st.integers(0, 500_000)


@given(bars, st.integers(1, 20_000))
def test_chunks_cover_history_once_and_in_order(first: int, count: int) -> None:
    history = TimeRange(first * HOUR_MS, (first + count) * HOUR_MS)
    found = list(chunks(Timeframe.H1, history))
    assert found[0].start_ms == history.start_ms
    assert found[-1].end_ms == history.end_ms
    assert all(a.end_ms == b.start_ms for a, b in pairwise(found))


@given(bars, st.integers(1, 20_000))
def test_every_bar_of_a_chunk_has_the_same_window_start(first: int, count: int) -> None:
    history = TimeRange(first * HOUR_MS, (first + count) * HOUR_MS)
    for chunk in chunks(Timeframe.H1, history):
        last_ms = chunk.end_ms - HOUR_MS
        assert Timeframe.H1.window_start(chunk.start_ms) == Timeframe.H1.window_start(last_ms)
        assert chunk_start(Timeframe.H1, last_ms) == chunk_start(Timeframe.H1, chunk.start_ms)


def test_a_chunk_starts_on_the_grid_wherever_history_does() -> None:
    grid_ms = CHUNK_BARS * HOUR_MS
    assert chunk_start(Timeframe.H1, 7 * grid_ms + 5 * HOUR_MS) == 7 * grid_ms
