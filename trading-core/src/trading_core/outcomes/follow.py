"""Following positions on closed bars, as they come or over history: one call for both."""

from collections.abc import Sequence

import numpy as np

from trading_core.candles import Candles
from trading_core.decision.sides import Side
from trading_core.errors import InvalidPositionError
from trading_core.outcomes.book import HELD, Book
from trading_core.outcomes.exit_reason import ExitReason
from trading_core.outcomes.ledger import book_of, progresses_of
from trading_core.outcomes.outcome import Outcome
from trading_core.outcomes.position import Position
from trading_core.outcomes.price_path import IntArray, PricePath, price_path
from trading_core.outcomes.progress import Progress
from trading_core.outcomes.walk import walk


def follow(progress: Progress, candles: Candles, finer: Sequence[Candles] = ()) -> Progress:
    """One position over the next closed bars; see `follow_all`."""
    return follow_all((progress,), candles, finer)[0]


def outcomes_of(
    positions: Sequence[Position], candles: Candles, finer: Sequence[Candles] = ()
) -> tuple[Outcome | None, ...]:
    """Over history: what became of each, None where the candles end before it is left."""
    started = tuple(map(Progress.start, positions))
    return tuple(one.outcome for one in follow_all(started, candles, finer))


def follow_all(
    progresses: Sequence[Progress], candles: Candles, finer: Sequence[Candles] = ()
) -> tuple[Progress, ...]:
    """Every position over the next closed bars of its market, in the order given.

    A fold: however the bars are cut into calls, and however many positions share one, each
    state is the same, bit for bit; bars that were followed before change nothing. The candles
    are of a timeframe that divides the positions' own, and without a hole up to their end:
    what is missing in them counts as an outage, in which nobody could trade. `finer` ones are
    looked into wherever they tell the same story as a bar that reaches a level (see `walk`).

    The horizon is left at the last close that is known there, once a bar closes at it or a
    later one is seen.

    Raises InvalidPositionError when bars do not fit a position or one another.
    """
    followed = list(progresses)
    for side in Side:
        places = [at for at, one in enumerate(progresses) if one.position.side is side]
        ours = [progresses[at] for at in places]
        for one in ours:
            _check_nesting(one.position, candles)
        if ours and len(candles) > 0:
            book = book_of(ours, side)
            follow_book(book, price_path(candles, finer, side))
            for at, one in zip(places, progresses_of(book, ours, side), strict=True):
                followed[at] = one
    return tuple(followed)


def follow_book(book: Book, path: PricePath) -> None:
    """The same over a book of one side, in place; the path holds at least one bar."""
    first = np.searchsorted(path.open_time_ms, book.followed_until_ms)
    end = np.searchsorted(path.open_time_ms, book.horizon_end_ms)
    _check_seam(book, path, first)
    walk(book, np.arange(len(book)), path, first, end)
    waiting = np.flatnonzero(~book.settled)
    seen_until_ms = path.close_time_ms[end[waiting] - 1]
    book.followed_until_ms[waiting] = np.maximum(book.followed_until_ms[waiting], seen_until_ms)
    _end_horizons(book, waiting, path)


def _end_horizons(book: Book, waiting: IntArray, path: PricePath) -> None:
    ended = waiting[book.horizon_end_ms[waiting] <= path.close_time_ms[-1]]
    at_ms = book.horizon_end_ms[ended]
    book.settle(ended, at_ms)
    held = book.left_by[ended] == HELD
    expired, bar_ms = ended[held], path.timeframe.duration_ms
    book.leave(expired, ExitReason.HORIZON, book.last_close[expired], at_ms[held], bar_ms)


def _check_nesting(position: Position, candles: Candles) -> None:
    if position.timeframe.duration_ms % candles.timeframe.duration_ms:
        raise InvalidPositionError(
            f"{candles.timeframe} bars cannot follow a signal of {position.timeframe}"
        )


def _check_seam(book: Book, path: PricePath, first: IntArray) -> None:
    """No bar may hold the moment up to which a position was followed, or part of it is unseen."""
    before = np.maximum(first - 1, 0)
    opened, closed = path.open_time_ms[before], path.close_time_ms[before]
    until = book.followed_until_ms
    cut = ~book.settled & (opened < until) & (until < closed)
    if cut.any():
        raise InvalidPositionError(
            f"a {path.timeframe} bar holds {until[cut][0]}, up to where a position was followed"
        )
