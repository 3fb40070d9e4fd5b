"""What a stack has computed and decided, read from PostgreSQL itself."""

import asyncio
import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import asyncpg

from trading_core.indicators.values import INDICATORS
from trading_core.timeframe import Timeframe

Row = dict[str, Any]  # Any: a row of whatever was asked for

CLOSED = """
    SELECT c.timestamp, c.origin::text,
        (SELECT count(*) FROM signals s WHERE (s.symbol, s.timeframe, s.timestamp)
            = (c.symbol, c.timeframe, c.timestamp)) AS decisions,
        (SELECT count(*) FROM signal_skips s WHERE (s.symbol, s.timeframe, s.timestamp)
            = (c.symbol, c.timeframe, c.timestamp)) AS skips,
        (SELECT count(*) FROM indicators i WHERE (i.symbol, i.timeframe, i.timestamp)
            = (c.symbol, c.timeframe, c.timestamp)) AS indicator_rows
    FROM ohlcv_data c
    WHERE c.symbol = $1 AND c.timeframe = $2::text::timeframe AND c.origin <> 'backfill'
    ORDER BY c.timestamp
"""
INDICATOR_ROWS = f"""
    SELECT timestamp, {", ".join(INDICATORS)} FROM indicators
    WHERE symbol = $1 AND timeframe = $2::text::timeframe AND timestamp = ANY($3::bigint[])
    ORDER BY timestamp
"""  # noqa: S608 - constants
PATTERN_ROWS = """
    SELECT timestamp, pattern_type::text, strength FROM patterns
    WHERE symbol = $1 AND timeframe = $2::text::timeframe AND timestamp = ANY($3::bigint[])
    ORDER BY timestamp, pattern_type
"""
SIGNAL_ROWS = """
    SELECT id::text, timestamp, signal_type::text, status::text, origin::text, score, confidence,
        entry_price, entry_zone_min, entry_zone_max, stop_loss, take_profit_1, take_profit_2,
        take_profit_3, risk_reward_ratio, reasoning, inputs, engine_version
    FROM signals WHERE symbol = $1 AND timeframe = $2::text::timeframe ORDER BY timestamp
"""
STRAY = """
    SELECT s.timestamp FROM signals s LEFT JOIN ohlcv_data c USING (symbol, timeframe, timestamp)
    WHERE s.symbol = $1 AND s.timeframe = $2::text::timeframe AND s.origin <> 'historical'
      AND (c.origin IS NULL OR c.origin = 'backfill')
"""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Live and healed candles of a series, and what was made of each."""

    symbol: str
    timeframe: Timeframe
    closed: int
    decided: int
    skipped: int
    undecided: int
    doubled: int
    without_indicators: int
    stray: int
    """Decisions of candles that are not closed live or healed ones."""

    @property
    def perfect(self) -> bool:
        wrong = self.undecided + self.doubled + self.without_indicators + self.stray
        return self.closed > 0 and wrong == 0

    def __str__(self) -> str:
        return (
            f"{self.symbol} {self.timeframe:>3}: {self.closed:5d} closed, {self.decided} decided,"
            f" {self.skipped} skipped, {self.undecided} undecided, {self.doubled} doubled,"
            f" {self.without_indicators} without indicators, {self.stray} stray"
        )


def fetch(database_url: str, query: str, *arguments: object) -> list[Row]:
    """In a thread of its own: a browser's test runs inside an event loop."""

    async def read() -> list[Row]:
        connection = await asyncpg.connect(database_url.replace("+asyncpg", ""))
        try:
            rows = await connection.fetch(query, *arguments)
        finally:
            await connection.close()
        return [dict(row) for row in rows]

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, read()).result()


def coverage(database_url: str, symbol: str, timeframe: Timeframe) -> Coverage:
    rows = fetch(database_url, CLOSED, symbol, timeframe.value)
    verdicts = [row["decisions"] + row["skips"] for row in rows]
    return Coverage(
        symbol,
        timeframe,
        closed=len(rows),
        decided=sum(row["decisions"] for row in rows),
        skipped=sum(row["skips"] for row in rows),
        undecided=sum(count == 0 for count in verdicts),
        doubled=sum(count > 1 for count in verdicts),
        without_indicators=sum(row["indicator_rows"] != 1 for row in rows if row["decisions"]),
        stray=len(fetch(database_url, STRAY, symbol, timeframe.value)),
    )


def stored_signals(database_url: str, symbol: str, timeframe: Timeframe) -> list[Row]:
    """Ascending; JSON columns are parsed."""
    rows = fetch(database_url, SIGNAL_ROWS, symbol, timeframe.value)
    for row in rows:
        row |= {name: json.loads(row[name]) for name in ("reasoning", "inputs")}
    return rows


def stored_indicators(
    database_url: str, symbol: str, timeframe: Timeframe, times: Sequence[int]
) -> list[Row]:
    return fetch(database_url, INDICATOR_ROWS, symbol, timeframe.value, list(times))


def stored_patterns(
    database_url: str, symbol: str, timeframe: Timeframe, times: Sequence[int]
) -> list[Row]:
    return fetch(database_url, PATTERN_ROWS, symbol, timeframe.value, list(times))
