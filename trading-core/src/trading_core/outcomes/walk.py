"""Positions walked along the bars: past the quiet ones at once, into those that reach a level.

A bar reaches a level when its range holds the stop or the next take-profit. Then:

- Where finer bars tell the same story, the positions walk those instead. A bar that reaches no
  level cannot hide one, so the result is the same as if the finer bars were followed throughout.
- A bar that opens at or beyond the stop is left at its open: the price jumped over the stop.
- A bar that opens at or beyond take-profit 1 is left at take-profit 1, never better.
- A bar that holds both otherwise is left at the stop, and flagged; one that holds only the stop
  or only take-profit 1 is left at that level.

After leaving at take-profit 1 only the furthest target is looked for. Where the stop's price
lies in the same bar, those at or beyond that bar's open certainly came first; no other counts.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from trading_core.outcomes.book import HELD, Book
from trading_core.outcomes.exit_reason import ExitReason
from trading_core.outcomes.price_path import FloatArray, IntArray, PricePath

_PRICES_AT_ONCE: Final = 1 << 17
"""Bars × positions looked at in one go: 1 MiB an array stays near the processor."""


def walk(book: Book, members: IntArray, path: PricePath, first: IntArray, end: IntArray) -> None:
    """Take each member along its rows [first, end) until nothing can change any more."""
    row = first
    while True:
        going = (row < end) & ~book.settled[members]
        members, row, end = members[going], row[going], end[going]
        if len(members) == 0:
            return
        quiet, reaches = _quiet_bars(book, members, path, row, end)
        row = row + quiet
        _enter_bars(book, members[reaches], path, row[reaches])
        row = row + reaches


def _quiet_bars(
    book: Book, members: IntArray, path: PricePath, row: IntArray, end: IntArray
) -> tuple[IntArray, NDArray[np.bool_]]:
    """How many next bars reach no level, and whether the one after them was seen to reach one."""
    width = max(1, min(int((end - row).max()), _PRICES_AT_ONCE // len(members)))
    ahead = np.arange(width)
    rows = np.minimum(row[:, None] + ahead, end[:, None] - 1)
    up, down = path.up[rows], path.down[rows]
    target, stop = book.next_target(members)[:, None], book.stop[members][:, None]
    reached = (up >= target) | (down <= stop)
    looked_at = np.minimum(end - row, width)
    quiet = np.where(reached.any(axis=1), reached.argmax(axis=1), looked_at)
    is_quiet = ahead < quiet[:, None]
    best = np.where(is_quiet, up, -np.inf).max(axis=1)
    worst = np.where(is_quiet, down, np.inf).min(axis=1)
    _hold(book, members, quiet > 0, path.close[row + quiet - 1], best, worst)
    return quiet, quiet < looked_at


def _hold(
    book: Book,
    members: IntArray,
    moved: NDArray[np.bool_],
    close: FloatArray,
    best: FloatArray,
    worst: FloatArray,
) -> None:
    held = moved & (book.left_by[members] == HELD)
    book.last_close[members[held]] = close[held]
    book.see(members[held], best[held], worst[held])


def _enter_bars(book: Book, members: IntArray, path: PricePath, row: IntArray) -> None:
    for inside in path.insides:
        same = inside.same_story[row]
        inner_row = row[same]
        walk(book, members[same], inside.path, inside.first[inner_row], inside.end[inner_row])
        members, row = members[~same], row[~same]
    if len(members) > 0:
        _leave(book, members, path, row)
        _reach_targets(book, members, path, row)


def _leave(book: Book, members: IntArray, path: PricePath, row: IntArray) -> None:
    held = book.left_by[members] == HELD
    members, row = members[held], row[held]
    target, stop = book.targets[members, 0], book.stop[members]
    opened = path.open[row]
    stopped = (path.down[row] <= stop) & (opened < target)
    book.ambiguous[members] = stopped & (opened > stop) & (path.up[row] >= target)
    at_ms, bar_ms = path.close_time_ms[row], path.timeframe.duration_ms
    filled = np.minimum(stop, opened)
    book.leave(members[stopped], ExitReason.STOP, filled[stopped], at_ms[stopped], bar_ms)
    taken = ~stopped
    book.leave(members[taken], ExitReason.TAKE_PROFIT_1, target[taken], at_ms[taken], bar_ms)


def _reach_targets(book: Book, members: IntArray, path: PricePath, row: IntArray) -> None:
    at_stop = path.down[row] <= book.stop[members]
    certain = np.where(at_stop, path.open[row], path.up[row])
    reached = (book.targets[members] <= certain[:, None]).sum(axis=1)
    book.furthest[members] = np.maximum(book.furthest[members], reached)
    done = at_stop | (book.furthest[members] == book.targets.shape[1])
    book.settle(members[done], path.close_time_ms[row][done])
