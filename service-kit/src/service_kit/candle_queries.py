"""Read queries over closed candles that any service may use; only market-service writes them.

Plain SQL straight to the driver, floats made by the database: 500 candles so take about a third
of the time that ORM objects take. Errors are SQLAlchemy's.
"""

import uuid
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from sqlalchemy.ext.asyncio import AsyncConnection

from trading_core.candle_origin import CandleOrigin
from trading_core.candles import Candles
from trading_core.symbol import Symbol
from trading_core.time_range import TimeRange, without
from trading_core.timeframe import Timeframe

CANDLE_ID_NAMESPACE: Final = uuid.uuid5(uuid.NAMESPACE_URL, "urn:eth-trading-platform:ohlcv_data")
CandleRow = tuple[int, float, float, float, float, float]
"""The CCXT layout: open ms, open, high, low, close, volume."""

_AnyRow = tuple[Any, ...]  # Any: what a row holds is known to its query only
_LAST_MS: Final = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Page:
    """Which candles of a series: those that open in [since_ms, until_ms), at most `limit`.

    With `since_ms` the oldest from there on; without it the newest. Always answered ascending.
    """

    limit: int
    since_ms: int | None = None
    until_ms: int | None = None


class StoredCandle(NamedTuple):
    """A row of `ohlcv_data` as the database has it: decimals as text, all 8 places."""

    timestamp: int
    open: str
    high: str
    low: str
    close: str
    volume: str
    origin: CandleOrigin
    seen_at_ms: int
    created_at_ms: int
    """Wall time."""


@dataclass(frozen=True, slots=True)
class StoredSeries:
    """How much is stored of one market and timeframe."""

    symbol: str
    """In the compact spelling."""
    timeframe: Timeframe
    count: int
    first_open_ms: int
    last_open_ms: int

    @property
    def closed_until_ms(self) -> int:
        return self.last_open_ms + self.timeframe.duration_ms


def candle_id(symbol: Symbol, timeframe: Timeframe, timestamp: int) -> uuid.UUID:
    """The UUIDv5 by which the public API names a candle: made of its natural key, not stored."""
    return uuid.uuid5(CANDLE_ID_NAMESPACE, f"{symbol.compact}/{timeframe}/{timestamp}")


async def candle_rows(
    connection: AsyncConnection, symbol: Symbol, timeframe: Timeframe, page: Page
) -> list[CandleRow]:
    """Ascending; floats, which orjson writes as they are."""
    return await _fetch_page(connection, _FLOAT_COLUMNS, symbol, timeframe, page)


async def candles(
    connection: AsyncConnection, symbol: Symbol, timeframe: Timeframe, page: Page
) -> Candles:
    rows = await candle_rows(connection, symbol, timeframe, page)
    return Candles.from_rows(symbol, timeframe, rows)


async def open_times(
    connection: AsyncConnection, symbol: Symbol, timeframe: Timeframe, page: Page
) -> list[int]:
    """Of the page's candles, ascending."""
    rows = await _fetch_page(connection, "timestamp", symbol, timeframe, page)
    return [row[0] for row in rows]


async def first_available(
    connection: AsyncConnection, symbol: Symbol, timeframe: Timeframe
) -> int | None:
    """Open of the first bar that the exchange has; None while unknown."""
    rows = await _fetch(connection, _FIRST_AVAILABLE, symbol.compact, timeframe.value)
    found: int | None = rows[0][0] if rows else None
    return found


async def stored_candles(
    connection: AsyncConnection, symbol: Symbol, timeframe: Timeframe, page: Page
) -> list[StoredCandle]:
    """Ascending, exactly as they are stored."""
    rows = await _fetch_page(connection, _STORED_COLUMNS, symbol, timeframe, page)
    return [
        StoredCandle._make((*values, CandleOrigin(origin), seen_at_ms, created_at_ms))
        for *values, origin, seen_at_ms, created_at_ms in rows
    ]


async def newest_candle(
    connection: AsyncConnection, symbol: Symbol, timeframe: Timeframe
) -> StoredCandle | None:
    newest = await stored_candles(connection, symbol, timeframe, Page(limit=1))
    return newest[0] if newest else None


async def closed_until(
    connection: AsyncConnection, symbol: Symbol, timeframe: Timeframe
) -> int | None:
    """Close of the newest stored candle, in ms; None when there is none."""
    newest = await candle_rows(connection, symbol, timeframe, Page(limit=1))
    return newest[0][0] + timeframe.duration_ms if newest else None


async def stored_series(connection: AsyncConnection) -> list[StoredSeries]:
    """Every series of which anything is stored; counts each candle, so not for a hot path."""
    rows = await _fetch(connection, _STORED_SERIES)
    return [
        StoredSeries(symbol, Timeframe(timeframe), *figures) for symbol, timeframe, *figures in rows
    ]


async def outages(
    connection: AsyncConnection, symbol: Symbol, timeframe: Timeframe, within: TimeRange
) -> tuple[TimeRange, ...]:
    """Recorded outages that overlap the range, uncut, ascending."""
    key = (symbol.compact, timeframe.value)
    rows = await _fetch(connection, _OUTAGES, *key, within.start_ms, within.end_ms)
    return tuple(TimeRange(start_ms, end_ms) for start_ms, end_ms in rows)


async def holes(
    connection: AsyncConnection, symbol: Symbol, timeframe: Timeframe, within: TimeRange
) -> tuple[TimeRange, ...]:
    """Whole bars in the range that are neither stored nor a recorded outage, ascending."""
    asked = within.whole_bars(timeframe)
    if asked is None:
        return ()
    key = (symbol.compact, timeframe.value, asked.start_ms, asked.end_ms)
    rows = await _fetch(connection, _GAPS, *key, timeframe.duration_ms)
    gaps = (TimeRange(start_ms, end_ms) for start_ms, end_ms in rows)
    return without(gaps, await outages(connection, symbol, timeframe, asked))


_FLOAT_COLUMNS: Final = """
    timestamp, open::float8, high::float8, low::float8, close::float8, volume::float8
"""
_STORED_COLUMNS: Final = """
    timestamp, open::text, high::text, low::text, close::text, volume::text, origin::text,
    seen_at_ms, (extract(epoch FROM created_at) * 1000)::bigint
"""
_IN_SERIES: Final = "symbol = $1 AND timeframe = $2::text::timeframe"
_IN_RANGE: Final = f"{_IN_SERIES} AND timestamp >= $3 AND timestamp < $4"
_FIRST_AVAILABLE: Final = f"SELECT first_available_ms FROM feed_coverage WHERE {_IN_SERIES}"  # noqa: S608 - constants of this file
_STORED_SERIES: Final = """
    SELECT symbol, timeframe::text, count(*), min(timestamp), max(timestamp)
    FROM ohlcv_data GROUP BY symbol, timeframe ORDER BY symbol, timeframe
"""
_OUTAGES: Final = f"""
    SELECT start_ms, end_ms FROM outages
    WHERE {_IN_SERIES} AND end_ms > $3 AND start_ms < $4 ORDER BY start_ms
"""  # noqa: S608 - constants of this file
_GAPS: Final = f"""
    SELECT previous + $5 AS start_ms, timestamp AS end_ms
    FROM (
        SELECT timestamp,
            lag(timestamp, 1, $3::bigint - $5::bigint) OVER (ORDER BY timestamp) AS previous
        FROM ohlcv_data WHERE {_IN_RANGE}
    ) AS bars
    WHERE timestamp - previous > $5
    UNION ALL
    SELECT coalesce(max(timestamp) + $5, $3), $4 FROM ohlcv_data WHERE {_IN_RANGE}
    HAVING coalesce(max(timestamp) + $5, $3) < $4
    ORDER BY start_ms
"""  # noqa: S608 - constants of this file


async def _fetch_page(
    connection: AsyncConnection, columns: str, symbol: Symbol, timeframe: Timeframe, page: Page
) -> list[_AnyRow]:
    oldest_first = page.since_ms is not None
    order = "ASC" if oldest_first else "DESC"
    query = f"""
        SELECT {columns} FROM ohlcv_data WHERE {_IN_RANGE} ORDER BY timestamp {order} LIMIT $5
    """  # noqa: S608 - constants of this file
    since_ms = 0 if page.since_ms is None else page.since_ms
    until_ms = _LAST_MS if page.until_ms is None else page.until_ms
    key = (symbol.compact, timeframe.value, since_ms, until_ms)
    rows = await _fetch(connection, query, *key, page.limit)
    return rows if oldest_first else rows[::-1]


async def _fetch(connection: AsyncConnection, query: str, *arguments: object) -> list[_AnyRow]:
    result = await connection.exec_driver_sql(query, arguments)
    return [tuple(row) for row in result]
