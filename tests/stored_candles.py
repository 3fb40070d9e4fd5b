"""What a stack has stored, read from PostgreSQL itself, against what the exchange closed."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from decimal import Decimal

import asyncpg

from running_stack import RunningStack
from trading_core.timeframe import Timeframe

QUERY = """
SELECT timestamp, open, high, low, close, volume FROM ohlcv_data
WHERE symbol = $1 AND timeframe = $2::text::timeframe AND timestamp BETWEEN $3 AND $4
ORDER BY timestamp
"""

Row = tuple[int, Decimal, Decimal, Decimal, Decimal, Decimal]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Candles of the ledger that are not stored once and equal."""

    symbol: str
    timeframe: Timeframe
    closed: int
    lost: int
    duplicated: int
    different: int

    @property
    def perfect(self) -> bool:
        return self.closed > 0 and not (self.lost or self.duplicated or self.different)

    def __str__(self) -> str:
        return (
            f"{self.symbol} {self.timeframe:>3}: {self.closed:6d} closed, {self.lost} lost,"
            f" {self.duplicated} duplicated, {self.different} different"
        )


def compare_with_ledger(stack: RunningStack, symbols: tuple[str, ...]) -> list[Comparison]:
    return [_compare(stack, symbol, timeframe) for symbol in symbols for timeframe in Timeframe]


def _compare(stack: RunningStack, symbol: str, timeframe: Timeframe) -> Comparison:
    ledger = [exact_row(row) for row in stack.ledger(symbol, timeframe)]
    stored = stored_rows(stack, symbol, timeframe, ledger[0][0], ledger[-1][0]) if ledger else []
    by_time = {row[0]: row for row in stored}
    return Comparison(
        symbol,
        timeframe,
        closed=len(ledger),
        lost=sum(row[0] not in by_time for row in ledger),
        duplicated=len(stored) - len(by_time),
        different=sum(by_time.get(row[0], row) != row for row in ledger),
    )


def exact_row(row: list[object]) -> Row:
    """A row of the ledger."""
    open_ms, *figures = row
    o, h, low, c, v = (Decimal(str(figure)) for figure in figures)
    return int(str(open_ms)), o, h, low, c, v


def stored_rows(
    stack: RunningStack, symbol: str, timeframe: Timeframe, first_ms: int, last_ms: int
) -> list[Row]:
    """Of the bars that open in [first_ms, last_ms]."""

    async def read() -> list[Row]:
        url = stack.database_url.replace("postgresql+asyncpg", "postgresql")
        connection = await asyncpg.connect(url)
        try:
            rows = await connection.fetch(QUERY, symbol, timeframe.value, first_ms, last_ms)
        finally:
            await connection.close()
        return [tuple(row) for row in rows]

    # In a thread of its own: a browser's test runs inside an event loop.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, read()).result()
