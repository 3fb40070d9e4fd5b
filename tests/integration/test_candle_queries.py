"""What the read queries answer from a real PostgreSQL."""

from collections.abc import AsyncIterator, Callable, Iterable
from decimal import Decimal

import pytest
from pydantic import SecretStr
from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from eth_cli.postgres_server import PostgresServer
from service_kit.candle_queries import (
    Page,
    StoredSeries,
    candle_rows,
    candles,
    closed_until,
    holes,
    newest_candle,
    outages,
    stored_candles,
    stored_series,
)
from service_kit.database import create_database
from service_kit.settings import DatabaseSettings
from service_kit.tables import ohlcv_data
from service_kit.tables import outages as outages_table
from trading_core.candle_origin import CandleOrigin
from trading_core.symbol import Symbol
from trading_core.time_range import TimeRange
from trading_core.timeframe import HOUR_MS, MINUTE_MS, Timeframe

pytestmark = pytest.mark.integration

ETH = Symbol("ETH", "USDT")
BTC = Symbol("BTC", "USDT")
FIRST_MS = 1_722_807_000_000


def at(index: int) -> int:
    return FIRST_MS + index * MINUTE_MS


def row_of(index: int) -> tuple[int, float, float, float, float, float]:
    return (at(index), 2900.12 + index, 2950.5 + index, 2890.25, 2900.0, 12.12345678)


def span(start: int, end: int) -> TimeRange:
    return TimeRange(at(start), at(end))


@pytest.fixture(scope="module")
def migrated_settings(postgres: PostgresServer, migrate: Callable[..., None]) -> DatabaseSettings:
    """One database for the whole file: its tests commit nothing."""
    migrate(postgres.database_url, "upgrade", "head")
    return DatabaseSettings(database_url=SecretStr(postgres.database_url))


@pytest.fixture
async def connection(migrated_settings: DatabaseSettings) -> AsyncIterator[AsyncConnection]:
    engine = create_database(migrated_settings)
    async with engine.connect() as opened:
        yield opened
    await engine.dispose()


async def store(
    connection: AsyncConnection,
    indices: Iterable[int],
    symbol: Symbol = ETH,
    timeframe: Timeframe = Timeframe.M1,
) -> None:
    names = ("timestamp", "open", "high", "low", "close", "volume")
    rows = [
        dict(zip(names, (Decimal(str(value)) for value in row_of(index)), strict=True))
        | {
            "timestamp": at(index),
            "symbol": symbol.compact,
            "timeframe": timeframe,
            "origin": CandleOrigin.HEALED,
            "seen_at_ms": at(index) + 61_000,
        }
        for index in indices
    ]
    await connection.execute(insert(ohlcv_data), rows)


async def record_outage(
    connection: AsyncConnection, lost: TimeRange, timeframe: Timeframe = Timeframe.M1
) -> None:
    values = {"start_ms": lost.start_ms, "end_ms": lost.end_ms, "recorded_at_ms": lost.end_ms}
    key = {"symbol": ETH.compact, "timeframe": timeframe}
    await connection.execute(insert(outages_table), key | values)


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (Page(limit=3), [7, 8, 9]),
        (Page(limit=500), list(range(10))),
        (Page(limit=3, until_ms=at(5)), [2, 3, 4]),
        (Page(limit=3, since_ms=at(2)), [2, 3, 4]),
        (Page(limit=3, since_ms=at(2) + 1), [3, 4, 5]),
        (Page(limit=9, since_ms=at(2), until_ms=at(4)), [2, 3]),
        (Page(limit=9, since_ms=at(10)), []),
        (Page(limit=9, since_ms=at(4), until_ms=at(2)), []),
        (Page(limit=1, since_ms=0), [0]),
        (Page(limit=0), []),
    ],
)
async def test_a_page_starts_at_since_or_ends_with_the_newest(
    connection: AsyncConnection, page: Page, expected: list[int]
) -> None:
    await store(connection, range(10))
    await store(connection, range(20), BTC)
    await store(connection, range(0, 60, 60), ETH, Timeframe.H1)
    rows = await candle_rows(connection, ETH, Timeframe.M1, page)
    assert rows == [row_of(index) for index in expected]
    assert [type(row) for row in rows] == [tuple] * len(rows)


async def test_pages_come_as_candles_too(connection: AsyncConnection) -> None:
    await store(connection, range(5))
    stored = await candles(connection, ETH, Timeframe.M1, Page(limit=2))
    assert (stored.symbol, stored.timeframe) == (ETH, Timeframe.M1)
    assert stored.rows() == [list(row_of(3)), list(row_of(4))]


async def test_a_stored_candle_keeps_every_decimal_place(connection: AsyncConnection) -> None:
    await store(connection, [0])
    (stored,) = await stored_candles(connection, ETH, Timeframe.M1, Page(limit=9))
    assert stored[:6] == (
        FIRST_MS,
        "2900.12000000",
        "2950.50000000",
        "2890.25000000",
        "2900.00000000",
        "12.12345678",
    )
    assert (stored.origin, stored.seen_at_ms) == (CandleOrigin.HEALED, FIRST_MS + 61_000)
    assert stored.created_at_ms > FIRST_MS


async def test_the_newest_candle_says_until_when_all_is_closed(
    connection: AsyncConnection,
) -> None:
    await store(connection, range(5))
    newest = await newest_candle(connection, ETH, Timeframe.M1)
    assert newest is not None
    assert newest.timestamp == at(4)
    assert await closed_until(connection, ETH, Timeframe.M1) == at(5)


async def test_an_unknown_series_is_empty(connection: AsyncConnection) -> None:
    assert await newest_candle(connection, BTC, Timeframe.D1) is None
    assert await closed_until(connection, BTC, Timeframe.D1) is None
    assert len(await candles(connection, BTC, Timeframe.D1, Page(limit=9))) == 0
    assert await stored_series(connection) == []


async def test_every_series_is_counted(connection: AsyncConnection) -> None:
    await store(connection, [0, 1, 5])
    await store(connection, [30], BTC, Timeframe.H1)
    assert await stored_series(connection) == [
        StoredSeries("BTCUSDT", Timeframe.H1, 1, at(30), at(30)),
        StoredSeries("ETHUSDT", Timeframe.M1, 3, at(0), at(5)),
    ]
    assert StoredSeries("BTCUSDT", Timeframe.H1, 1, 0, HOUR_MS).closed_until_ms == 2 * HOUR_MS


@pytest.mark.parametrize(
    ("stored", "lost", "asked", "expected"),
    [
        (range(10), [], span(0, 10), []),
        ([], [], span(0, 3), [span(0, 3)]),
        ([2, 3, 6], [], span(0, 9), [span(0, 2), span(4, 6), span(7, 9)]),
        ([2, 3, 6], [span(4, 6)], span(0, 9), [span(0, 2), span(7, 9)]),
        ([2, 6], [span(1, 4), span(5, 6)], span(0, 7), [span(0, 1), span(4, 5)]),
        ([0, 9], [span(-5, 20)], span(0, 10), []),
        ([0, 3], [], TimeRange(at(0) + 1, at(3) - 1), [span(1, 2)]),
        ([0], [], TimeRange(at(1) + 1, at(2) - 1), []),
        ([0, 1, 8], [], span(0, 2), []),
    ],
)
async def test_a_hole_is_missing_and_no_recorded_outage(
    connection: AsyncConnection,
    stored: Iterable[int],
    lost: list[TimeRange],
    asked: TimeRange,
    expected: list[TimeRange],
) -> None:
    if stored:
        await store(connection, stored)
    await store(connection, range(10), BTC)
    await record_outage(connection, span(0, 10), Timeframe.M5)
    for stretch in lost:
        await record_outage(connection, stretch)
    assert await holes(connection, ETH, Timeframe.M1, asked) == tuple(expected)


async def test_outages_that_touch_the_range_are_listed_whole(connection: AsyncConnection) -> None:
    for stretch in (span(20, 30), span(0, 5), span(10, 12)):
        await record_outage(connection, stretch)
    found = await outages(connection, ETH, Timeframe.M1, span(4, 20))
    assert found == (span(0, 5), span(10, 12))
    assert await outages(connection, BTC, Timeframe.M1, span(4, 20)) == ()
