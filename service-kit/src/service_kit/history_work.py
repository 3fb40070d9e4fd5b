"""Work over all stored history of a series, piece by piece, for commands that tell how far it is.

A line of progress is JSON: `{"symbol", "timeframe", "done", "total", "stored", "leftOut"}`, in
bars; `stored` are new in the tables, `leftOut` have a hole in their window.
"""

import argparse
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import Final

import orjson

from service_kit import candle_queries
from service_kit.candle_queries import Page
from service_kit.database import Database, create_database, pooled_connection
from service_kit.program import print_line, run_program
from service_kit.series import Series
from service_kit.settings import DatabaseSettings
from trading_core.symbol import Symbol
from trading_core.time_range import TimeRange
from trading_core.timeframe import WINDOW_BARS, Timeframe

PIECE_BARS: Final = 10 * WINDOW_BARS
PROGRESS_SECONDS: Final = 1.0


@dataclass(frozen=True, slots=True)
class Done:
    """Of a piece, or of all pieces so far; in bars."""

    stored: int = 0
    left_out: int = 0

    def __add__(self, other: "Done") -> "Done":
        return Done(self.stored + other.stored, self.left_out + other.left_out)


Work = Callable[[TimeRange], Awaitable[Done]]
"""Computes and stores the bars that open in the range; doing it again changes nothing."""


@dataclass(frozen=True, slots=True)
class Progress:
    series: Series
    done: int
    total: int
    result: Done

    def to_json(self) -> bytes:
        symbol, timeframe = self.series.key
        return orjson.dumps(
            {
                "symbol": symbol,
                "timeframe": timeframe,
                "done": self.done,
                "total": self.total,
                "stored": self.result.stored,
                "leftOut": self.result.left_out,
            }
        )


async def work_through(
    database: Database, series: Series, work: Work, since_ms: int | None, until_ms: int | None
) -> AsyncIterator[Progress]:
    """Says after each piece how far it is; at least once, where anything is stored.

    Raises StoreUnavailableError.
    """
    span = await _stored_span(database, series, Page(1, since_ms, until_ms))
    if span is None:
        return
    result = Done()
    for piece in pieces(series.timeframe, span):
        result += await work(piece)
        done = series.timeframe.bars_between(span.start_ms, piece.end_ms)
        yield Progress(series, done, span.duration_ms // series.bar_ms, result)


def pieces(timeframe: Timeframe, span: TimeRange) -> Iterator[TimeRange]:
    """Cut where blocks of the window rule begin, so that little is read twice."""
    piece_ms = PIECE_BARS * timeframe.duration_ms
    start_ms = span.start_ms
    while start_ms < span.end_ms:
        end_ms = min(start_ms // piece_ms * piece_ms + piece_ms, span.end_ms)
        yield TimeRange(start_ms, end_ms)
        start_ms = end_ms


def run_history_command(description: str, work_on: Callable[[Database, Series], Work]) -> int:
    """`--symbol --timeframe [--since --until]`; progress on standard output, one line a second."""
    options = _parser(description).parse_args()
    series = Series(options.symbol, options.timeframe)
    return run_program(lambda: _run(series, work_on, options.since, options.until))


async def _run(
    series: Series,
    work_on: Callable[[Database, Series], Work],
    since_ms: int | None,
    until_ms: int | None,
) -> int:
    database = create_database(DatabaseSettings())
    try:
        work = work_on(database, series)
        await _print_progress(work_through(database, series, work, since_ms, until_ms))
    finally:
        await database.dispose()
    return 0


async def _print_progress(steps: AsyncIterator[Progress]) -> None:
    printed_at = float("-inf")
    unprinted = None
    async for step in steps:
        unprinted = step
        if time.monotonic() - printed_at >= PROGRESS_SECONDS:
            print_line(step.to_json())
            printed_at, unprinted = time.monotonic(), None
    if unprinted is not None:
        print_line(unprinted.to_json())


async def _stored_span(database: Database, series: Series, page: Page) -> TimeRange | None:
    """From the first candle that opens at or after `since` to the close of the last."""
    oldest = Page(1, page.since_ms or 0, page.until_ms)
    newest = Page(1, None, page.until_ms)
    async with pooled_connection(database) as connection:
        key = (connection, series.symbol, series.timeframe)
        first, last = [await candle_queries.open_times(*key, one) for one in (oldest, newest)]
    if not first:
        return None
    return TimeRange(first[0], last[0] + series.bar_ms)


def _parser(description: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--symbol", type=_symbol, required=True, help="ETH/USDT or ETHUSDT")
    parser.add_argument("--timeframe", type=Timeframe, choices=list(Timeframe), required=True)
    parser.add_argument("--since", type=_time_ms, help="open of the first bar, in ms UTC")
    parser.add_argument("--until", type=_time_ms, help="no bar that opens then or later, in ms UTC")
    return parser


def _symbol(text: str) -> Symbol:
    return Symbol.parse(text)


def _time_ms(text: str) -> int:
    time_ms = int(text)
    if not 0 <= time_ms < 2**53:
        raise ValueError(text)
    return time_ms
