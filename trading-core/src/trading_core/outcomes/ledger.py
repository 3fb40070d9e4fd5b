"""Progresses of one side into a book, and out of it again."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from trading_core.decision.sides import Side
from trading_core.outcomes import figures
from trading_core.outcomes.book import LEFT_BY, Book
from trading_core.outcomes.outcome import Outcome
from trading_core.outcomes.price_path import IntArray
from trading_core.outcomes.progress import Progress
from trading_core.timeframe import Timeframe

_TIMEFRAMES: Final = {timeframe.duration_ms: timeframe for timeframe in Timeframe}


def book_of(progresses: Sequence[Progress], side: Side) -> Book:
    """A row each, in the order given."""
    positions = [one.position for one in progresses]
    sign = float(side.sign)
    book = Book(
        entry=sign * np.array([one.entry for one in positions]),
        stop=sign * np.array([one.stop for one in positions]),
        targets=sign * np.array([one.take_profits for one in positions]),
        fee_rate=np.array([one.fee_rate for one in positions]),
        horizon_end_ms=np.array([one.horizon_end_ms for one in positions]),
        followed_until_ms=np.array([one.followed_until_ms for one in progresses]),
        last_close=sign * np.array([one.last_close for one in progresses]),
        best=sign * np.array([one.best_price for one in progresses]),
        worst=sign * np.array([one.worst_price for one in progresses]),
    )
    book.settled[:] = [one.settled for one in progresses]
    for row, progress in enumerate(progresses):
        if progress.outcome is not None:
            _enter_outcome(book, row, progress.outcome, sign)
    return book


def progresses_of(book: Book, before: Sequence[Progress], side: Side) -> list[Progress]:
    """The state of every row; `before` is what the book was made from."""
    sign = float(side.sign)
    outcomes = _outcomes(book, before, sign)
    columns = (
        (one.position for one in before),
        book.followed_until_ms.tolist(),
        (sign * book.last_close).tolist(),
        (sign * book.best).tolist(),
        (sign * book.worst).tolist(),
        outcomes,
        book.settled.tolist(),
    )
    return [
        Progress(
            position=position,
            followed_until_ms=followed_until_ms,
            last_close=last_close,
            best_price=best,
            worst_price=worst,
            outcome=outcome,
            settled=settled,
        )
        for position, followed_until_ms, last_close, best, worst, outcome, settled in zip(
            *columns, strict=True
        )
    ]


def _enter_outcome(book: Book, row: int, outcome: Outcome, sign: float) -> None:
    book.left_by[row] = LEFT_BY.index(outcome.exit_reason)
    book.exit[row] = sign * outcome.exit_price
    book.exit_ms[row] = outcome.exit_ms
    book.exit_bar_ms[row] = outcome.followed_timeframe.duration_ms
    book.ambiguous[row] = outcome.ambiguous
    book.furthest[row] = outcome.furthest_target


def _outcomes(book: Book, before: Sequence[Progress], sign: float) -> list[Outcome | None]:
    columns: dict[str, list[Any]] = {  # Any: each column has a type of its own
        "exit_reason": [LEFT_BY[code] for code in book.left_by.tolist()],
        "exit_price": (sign * book.exit).tolist(),
        "exit_ms": book.exit_ms.tolist(),
        "profit_loss_percent": figures.profit_loss_percent(book).tolist(),
        "gross_r": figures.gross_r(book).tolist(),
        "net_r": figures.net_r(book).tolist(),
        "furthest_target": book.furthest.tolist(),
        "ambiguous": book.ambiguous.tolist(),
        "followed_timeframe": [_TIMEFRAMES.get(one) for one in book.exit_bar_ms.tolist()],
        "bars_held": _bars_held(book, before).tolist(),
        "max_favourable_percent": figures.max_favourable_percent(book).tolist(),
        "max_adverse_percent": figures.max_adverse_percent(book).tolist(),
    }
    names = tuple(columns)
    rows = zip(*columns.values(), strict=True)
    return [Outcome(**dict(zip(names, row, strict=True))) if row[0] else None for row in rows]


def _bars_held(book: Book, before: Sequence[Progress]) -> IntArray:
    entered_ms = np.array([one.position.entered_at_ms for one in before])
    bar_ms = np.array([one.position.timeframe.duration_ms for one in before])
    bars: IntArray = -((entered_ms - book.exit_ms) // bar_ms)
    return bars
