"""What market-service writes, on a real PostgreSQL."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from eth_cli.postgres_server import PostgresServer
from eth_cli.temporary_servers import temporary_postgres
from market_service.budget_store import BudgetStore
from market_service.candle_store import COPY_FROM_ROWS, CandleStore, SeenCandle
from market_service.coverage_store import CoverageStore
from market_service.errors import RateLimitedError
from market_service.exact_candle import ExactCandle
from service_kit.clock import Clock
from service_kit.database import create_database
from service_kit.errors import StoreUnavailableError
from service_kit.series import Series
from service_kit.settings import DatabaseSettings
from trading_core.candle_origin import CandleOrigin
from trading_core.symbol import Symbol
from trading_core.time_range import TimeRange
from trading_core.timeframe import MINUTE_MS, Timeframe

pytestmark = pytest.mark.integration

SERIES = Series(Symbol("ETH", "USDT"), Timeframe.M1)
START_MS = 1_722_807_000_000
NUMBERS = (1, COPY_FROM_ROWS + 50)
"""Few rows travel as arrays, many by COPY."""


@pytest.fixture
async def engine(database_settings: DatabaseSettings) -> AsyncIterator[AsyncEngine]:
    engine = create_database(database_settings)
    yield engine
    await engine.dispose()


def minute(bar: int) -> int:
    return START_MS + bar * MINUTE_MS


def seen(bar: int, volume: str = "1.00000001", at_ms: int = START_MS) -> SeenCandle:
    low, price, high = Decimal("2499.99999999"), Decimal("2500.1"), Decimal("123456789012.1")
    candle = ExactCandle(SERIES, minute(bar), price, high, low, price, Decimal(volume))
    return SeenCandle(candle, CandleOrigin.LIVE, at_ms)


async def rows(engine: AsyncEngine, query: str) -> list[Any]:
    async with engine.connect() as connection:
        return list((await connection.execute(text(query))).all())


async def count(engine: AsyncEngine, table: str) -> int:
    found = await rows(engine, f"SELECT count(*) FROM {table}")  # noqa: S608 - our own tables
    return int(found[0][0])


@pytest.mark.parametrize("number", NUMBERS)
async def test_candles_are_stored_to_the_last_decimal(engine: AsyncEngine, number: int) -> None:
    stored = await CandleStore(engine).save([seen(bar) for bar in range(number)])
    assert [(row.open_ms, row.is_new, row.origin) for row in stored] == [
        (minute(bar), True, CandleOrigin.LIVE) for bar in range(number)
    ]
    found = await rows(engine, "SELECT DISTINCT open, high, low, close, volume FROM ohlcv_data")
    one = seen(0).candle
    assert found == [(one.open, one.high, one.low, one.close, one.volume)]


@pytest.mark.parametrize("number", NUMBERS)
async def test_storing_the_same_again_changes_nothing(engine: AsyncEngine, number: int) -> None:
    store = CandleStore(engine)
    candles = [seen(bar) for bar in range(number)]
    await store.save(candles)
    before = await rows(engine, "SELECT * FROM ohlcv_data ORDER BY timestamp")
    assert await store.save([replace(one, origin=CandleOrigin.HEALED) for one in candles]) == []
    assert await rows(engine, "SELECT * FROM ohlcv_data ORDER BY timestamp") == before
    assert await count(engine, "ohlcv_revisions") == 0


@pytest.mark.parametrize("number", NUMBERS)
async def test_a_revision_keeps_the_version_before_with_its_times(
    engine: AsyncEngine, number: int
) -> None:
    store = CandleStore(engine)
    await store.save([seen(bar, at_ms=START_MS) for bar in range(number)])
    revised = [seen(bar, volume="2", at_ms=START_MS + 500) for bar in range(number)]
    stored = await store.save([replace(one, origin=CandleOrigin.HEALED) for one in revised])
    assert {(row.is_new, row.origin) for row in stored} == {(False, CandleOrigin.LIVE)}
    kept = await rows(engine, "SELECT volume, seen_at_ms, replaced_at_ms FROM ohlcv_revisions")
    assert kept == [(Decimal("1.00000001"), START_MS, START_MS + 500)] * number
    current = await rows(engine, "SELECT volume, seen_at_ms, origin::text FROM ohlcv_data")
    assert current == [(Decimal(2), START_MS + 500, "live")] * number


async def test_versions_never_overlap_even_while_the_clock_stands_still(
    engine: AsyncEngine,
) -> None:
    store = CandleStore(engine)
    for volume in ("1", "2", "3"):
        await store.save([seen(0, volume=volume)])
    kept = await rows(
        engine, "SELECT seen_at_ms, replaced_at_ms FROM ohlcv_revisions ORDER BY seen_at_ms"
    )
    assert kept == [(START_MS, START_MS + 1), (START_MS + 1, START_MS + 2)]


async def test_a_closing_frame_is_stored_and_replaces_nothing(engine: AsyncEngine) -> None:
    store = CandleStore(engine)
    added = await store.add([seen(0), seen(1)])
    assert [(row.open_ms, row.is_new) for row in added.stored] == [
        (minute(0), True),
        (minute(1), True),
    ]
    again = await store.add([seen(0), seen(1, volume="2"), seen(2)])
    assert [row.open_ms for row in again.stored] == [minute(2)]
    assert again.doubted == {(SERIES, minute(1))}
    assert await rows(engine, "SELECT DISTINCT volume FROM ohlcv_data") == [
        (Decimal("1.00000001"),)
    ]
    assert await count(engine, "ohlcv_revisions") == 0


async def test_two_closing_frames_of_one_bar_that_differ_cast_doubt(engine: AsyncEngine) -> None:
    added = await CandleStore(engine).add([seen(0, volume="1"), seen(0, volume="2")])
    assert added.doubted == {(SERIES, minute(0))}
    assert await rows(engine, "SELECT volume FROM ohlcv_data") == [(Decimal(1),)]


async def test_a_closing_frame_inside_an_outage_ends_it_and_is_told(engine: AsyncEngine) -> None:
    await CoverageStore(engine).record_outages(SERIES, [TimeRange(minute(0), minute(2))], START_MS)
    await CandleStore(engine).add([seen(1)])
    assert await count(engine, "outages") == 0
    assert await count(engine, "room_events") == 1


async def test_of_two_versions_in_one_call_the_later_wins(engine: AsyncEngine) -> None:
    await CandleStore(engine).save([seen(0, volume="1"), seen(0, volume="2")])
    assert await rows(engine, "SELECT volume FROM ohlcv_data") == [(Decimal(2),)]


async def test_a_bar_inside_an_outage_ends_it(engine: AsyncEngine) -> None:
    coverage = CoverageStore(engine)
    other = Series(Symbol("BTC", "USDT"), Timeframe.M1)
    outage = TimeRange(minute(5), minute(9))
    for series in (SERIES, other):
        await coverage.record_outages(series, [outage], START_MS)
    await CandleStore(engine).save([seen(4), seen(9)])
    assert await count(engine, "outages") == 2
    await CandleStore(engine).save([seen(6)])
    assert await rows(engine, "SELECT symbol FROM outages") == [("BTCUSDT",)]


async def test_outages_that_touch_become_one(engine: AsyncEngine) -> None:
    coverage = CoverageStore(engine)
    for start, end in ((5, 9), (9, 12), (3, 6), (20, 21), (5, 7)):
        await coverage.record_outages(SERIES, [TimeRange(minute(start), minute(end))], START_MS)
    found = await rows(engine, "SELECT start_ms, end_ms FROM outages ORDER BY start_ms")
    assert found == [(minute(3), minute(12)), (minute(20), minute(21))]


async def test_coverage_begins_once(engine: AsyncEngine) -> None:
    coverage = CoverageStore(engine)
    first = await coverage.begin(SERIES, START_MS + 1_234)
    assert (first.live_since_ms, first.backfilled_from_ms) == (START_MS + 1_234, START_MS)
    await coverage.set_backfilled_from(SERIES, minute(-10))
    await coverage.set_backfilled_from(SERIES, minute(-5))
    await coverage.set_first_available(SERIES, minute(-99))
    later = await coverage.begin(SERIES, minute(1_000))
    assert later.live_since_ms == START_MS + 1_234
    assert (later.backfilled_from_ms, later.first_available_ms) == (minute(-10), minute(-99))


async def test_a_survey_counts_what_is_stored(engine: AsyncEngine) -> None:
    coverage = CoverageStore(engine)
    await coverage.begin(SERIES, START_MS)
    await CandleStore(engine).save([seen(bar) for bar in (-1, 0, 1, 5)])
    await coverage.record_outages(SERIES, [TimeRange(minute(2), minute(4))], START_MS)
    (found,) = await coverage.survey(minute(5) + 30_000)
    assert (found.stored, found.first_ms, found.last_ms) == (4, minute(-1), minute(5))
    assert (found.stored_since_backfill, found.outages, found.outage_ms) == (2, 1, 2 * MINUTE_MS)


@dataclass
class Wall:
    ms: float = 60_000_000.0

    def __call__(self) -> float:
        return self.ms


async def test_all_processes_share_one_budget(engine: AsyncEngine) -> None:
    wall = Wall()
    one, two = (BudgetStore(engine, Clock(wall=wall), "https://exchange.test") for _ in range(2))
    assert await one.spend(4_000) == 4_000
    assert await two.spend(800) == 4_800
    with pytest.raises(RateLimitedError) as caught:
        await one.spend(1)
    assert caught.value.until_ms == 60_060_000
    wall.ms += 60_000
    assert await two.spend(2) == 2


async def test_what_the_exchange_counted_counts(engine: AsyncEngine) -> None:
    budget = BudgetStore(engine, Clock(wall=Wall()), "https://exchange.test")
    await budget.spend(2)
    await budget.learn(4_799)
    await budget.learn(10)
    assert await budget.spend(1) == 4_800
    with pytest.raises(RateLimitedError):
        await budget.spend(1)


async def test_nobody_asks_an_exchange_that_has_stopped_us(engine: AsyncEngine) -> None:
    wall = Wall()
    one, two = (BudgetStore(engine, Clock(wall=wall), "https://exchange.test") for _ in range(2))
    await one.block(60_500_000)
    await one.block(60_100_000)
    wall.ms = 60_499_999
    with pytest.raises(RateLimitedError) as caught:
        await two.spend(1)
    assert caught.value.until_ms == 60_500_000
    wall.ms = 60_500_000
    assert await two.spend(1) == 1


async def test_a_clock_that_was_set_back_does_not_stop_us(engine: AsyncEngine) -> None:
    wall = Wall()
    budget = BudgetStore(engine, Clock(wall=wall), "https://exchange.test")
    await budget.spend(4_800)
    wall.ms -= 3_600_000
    assert await budget.spend(5) == 5


@pytest.fixture
def mortal_postgres() -> Iterator[PostgresServer]:
    with temporary_postgres() as server:
        yield server


async def test_a_database_that_is_away_is_said_to_be_so_and_found_again(
    mortal_postgres: PostgresServer,
) -> None:
    engine = create_database(DatabaseSettings(database_url=mortal_postgres.database_url))
    try:
        async with engine.begin() as connection:
            await connection.execute(text("SELECT 1"))
        mortal_postgres.kill()
        with pytest.raises(StoreUnavailableError):
            await CoverageStore(engine).begin(SERIES, START_MS)
        mortal_postgres.start()
        with pytest.raises(Exception, match="feed_coverage"):  # there is no table, but an answer
            await CoverageStore(engine).begin(SERIES, START_MS)
    finally:
        await engine.dispose()
