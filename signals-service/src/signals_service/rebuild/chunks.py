"""History cut on the bar grid: every bar of a chunk has the same window start."""

from collections.abc import Iterator
from typing import Final

from trading_core.time_range import TimeRange
from trading_core.timeframe import WINDOW_BARS, Timeframe

CHUNK_BARS: Final = WINDOW_BARS // 4
"""Also how often confidence is fitted anew while history goes on."""


def chunk_start(timeframe: Timeframe, bar_open_ms: int) -> int:
    """Open of the first bar of the chunk that holds this one."""
    chunk_ms = CHUNK_BARS * timeframe.duration_ms
    return bar_open_ms // chunk_ms * chunk_ms


def chunks(timeframe: Timeframe, history: TimeRange) -> Iterator[TimeRange]:
    """Ascending; the first and the last are cut to the history."""
    chunk_ms = CHUNK_BARS * timeframe.duration_ms
    start_ms = history.start_ms
    while start_ms < history.end_ms:
        end_ms = min(chunk_start(timeframe, start_ms) + chunk_ms, history.end_ms)
        yield TimeRange(start_ms, end_ms)
        start_ms = end_ms
