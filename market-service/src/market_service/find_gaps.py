"""Which bars are missing, and in which pages to ask for them. Ranges lie on the bar grid."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

from trading_core.time_range import TimeRange
from trading_core.timeframe import Timeframe

PAGE_BARS: Final = 999
"""One less than the exchange's limit: the bar that follows comes along, and proves that what lies
before it is complete."""


def gaps_before_last(
    start_ms: int, open_times_ms: Sequence[int], timeframe: Timeframe
) -> tuple[TimeRange, ...]:
    """What an answer to "from `start_ms` on" lacks: every gap in it has a later bar behind it."""
    edges = (start_ms - timeframe.duration_ms, *open_times_ms)
    return tuple(
        TimeRange(before + timeframe.duration_ms, after)
        for before, after in pairwise(edges)
        if after - before > timeframe.duration_ms
    )


def pages_over(holes: Iterable[TimeRange], timeframe: Timeframe) -> tuple[TimeRange, ...]:
    """Pages of at most `PAGE_BARS` bars that cover all holes, newest first.

    The holes do not overlap; those that lie close together share a page.
    """
    longest_ms = PAGE_BARS * timeframe.duration_ms
    pages: list[TimeRange] = []
    for hole in sorted(holes, reverse=True):
        end_ms = hole.end_ms
        if pages:
            end_ms = min(end_ms, _reach_down(pages, hole, longest_ms))
        while end_ms > hole.start_ms:
            pages.append(TimeRange(max(hole.start_ms, end_ms - longest_ms), end_ms))
            end_ms = pages[-1].start_ms
    return tuple(pages)


def _reach_down(pages: list[TimeRange], hole: TimeRange, longest_ms: int) -> int:
    """Stretch the oldest page towards the hole if it can hold some of it; where it now starts."""
    oldest = pages[-1]
    start_ms = max(hole.start_ms, oldest.end_ms - longest_ms)
    if start_ms < hole.end_ms:
        pages[-1] = TimeRange(start_ms, oldest.end_ms)
    return pages[-1].start_ms


def bar_count(ranges: Iterable[TimeRange], timeframe: Timeframe) -> int:
    return sum(timeframe.bars_between(part.start_ms, part.end_ms) for part in ranges)


def history_start(
    timeframe: Timeframe, now_ms: int, wanted_bars: int | None, first_available_ms: int
) -> int:
    """Open of the oldest bar to fetch at `now_ms`; `wanted_bars` None is all there are.

    Never less than the window rule needs for the newest closed bar, nor before the exchange's
    first bar.
    """
    newest_ms = timeframe.last_closed_open(now_ms)
    wanted_ms = 0 if wanted_bars is None else newest_ms - (wanted_bars - 1) * timeframe.duration_ms
    needed_ms = timeframe.window_start(newest_ms)
    return max(min(wanted_ms, needed_ms), first_available_ms, 0)
