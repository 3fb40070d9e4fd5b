"""The data-quality report, of a real PostgreSQL."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from prometheus_client import CollectorRegistry

from market_service.candle_store import CandleStore, SeenCandle
from market_service.coverage_store import CoverageStore
from market_service.exact_candle import ExactCandle
from market_service.exchange_time import ExchangeTime
from market_service.fault_log import FaultLog
from market_service.market_metrics import MarketMetrics
from market_service.quality.board import QualityBoard, QualityQuestion
from market_service.quality.quality_store import QualityStore
from market_service.quality.sampler import FeedSampler
from market_service.quality.schemas import SeriesQuality
from market_service.quality.series import NEWEST
from service_kit.cache import Cache
from service_kit.clock import Clock, ClockState
from service_kit.database import Database, create_database, driver_connection
from service_kit.errors import BadRequestError
from service_kit.events import FeedState
from service_kit.redis_connection import create_redis
from service_kit.series import Series
from service_kit.settings import DatabaseSettings, RedisSettings
from trading_core.candle_origin import CandleOrigin
from trading_core.symbol import Symbol
from trading_core.time_range import TimeRange
from trading_core.timeframe import MINUTE_MS, Timeframe

pytestmark = pytest.mark.integration

SYMBOL = Symbol("ETH", "USDT")
SERIES = Series(SYMBOL, Timeframe.M1)
START_MS = 1_722_807_000_000
"""Event time; the wall's clock runs along, a year later and at a sixtieth of the speed."""
WALL_MS = START_MS + 365 * 86_400_000
SPEED = 60.0
BARS = 40
PRICE = Decimal(2_500)


class NoExchange:
    async def server_time_ms(self) -> int:
        raise AssertionError("the report asks no exchange")


def no_state() -> FeedState:
    raise AssertionError("nobody leads here")


class Wall:
    """Stands where it is put, in event time."""

    def __init__(self) -> None:
        self.ms = wall(minute(BARS) + MINUTE_MS + MINUTE_MS // 2)

    def __call__(self) -> float:
        return self.ms


def minute(bar: int) -> int:
    return START_MS + bar * MINUTE_MS


def wall(event_ms: float) -> float:
    return WALL_MS + (event_ms - START_MS) / SPEED


@pytest.fixture
async def database(database_settings: DatabaseSettings) -> AsyncIterator[Database]:
    engine = create_database(database_settings)
    yield engine
    await engine.dispose()


@pytest.fixture
def wall_clock() -> Wall:
    return Wall()


@pytest.fixture
async def board(
    database: Database, redis_settings: RedisSettings, tmp_path: Path, wall_clock: Wall
) -> AsyncIterator[QualityBoard]:
    path = tmp_path / "clock.json"
    ClockState(START_MS, WALL_MS, SPEED).write(path)
    clock, redis = Clock(path, wall_clock), create_redis(redis_settings)
    registry = CollectorRegistry()
    cache = Cache(redis, registry)
    sampler = FeedSampler(no_state, Counter, cache, clock, "test")
    time = ExchangeTime(NoExchange(), clock, FaultLog(clock, MarketMetrics(registry).faults))
    yield QualityBoard(QualityStore(database), sampler, time, clock, "test")
    await redis.aclose()


def seen(bar: int, origin: CandleOrigin = CandleOrigin.LIVE) -> SeenCandle:
    candle = ExactCandle(SERIES, minute(bar), PRICE, PRICE, PRICE, PRICE, Decimal(1))
    return SeenCandle(candle, origin, minute(bar + 1))


async def store(
    database: Database, bars: Iterable[int], origin: CandleOrigin = CandleOrigin.LIVE
) -> None:
    await CoverageStore(database).begin(SERIES, START_MS)
    await CandleStore(database).save([seen(bar, origin) for bar in bars])


async def stored_after(database: Database, bar: int, wall_ms: float) -> None:
    """As if the bar had been written so long after its close."""
    written_at = (wall(minute(bar + 1)) + wall_ms) / 1000
    async with driver_connection(database) as connection:
        await connection.execute(
            "UPDATE ohlcv_data SET created_at = to_timestamp($1) WHERE timestamp = $2",
            written_at,
            minute(bar),
        )


async def minutes(board: QualityBoard, since_ms: int | None = None) -> SeriesQuality:
    report = await board.read(QualityQuestion(SYMBOL, Timeframe.M1, since_ms))
    return report.series[0]


async def test_what_nobody_watches_is_not_judged(board: QualityBoard) -> None:
    report = await board.read(QualityQuestion(SYMBOL))
    assert (report.whole, report.feed) == (False, None)
    assert {one.verdict for one in report.series} == {"not watched yet"}
    assert [one.timeframe for one in report.series] == list(Timeframe)


async def test_a_whole_series_has_all_that_is_settled(
    database: Database, board: QualityBoard
) -> None:
    await store(database, range(BARS))
    found = await minutes(board)
    assert (found.verdict, found.completeness) == ("whole", 100.0)
    assert (found.stored, found.expected) == (BARS, BARS)
    assert (found.from_ms, found.until_ms) == (minute(0), minute(BARS))


async def test_holes_outages_and_origins_are_told_apart(
    database: Database, board: QualityBoard
) -> None:
    missing = {3, 4, 9, 12}
    await store(database, {*range(20)} - missing, CandleOrigin.BACKFILL)
    await store(database, range(20, BARS))
    gone = [TimeRange(minute(3), minute(5))]
    await CoverageStore(database).record_outages(SERIES, gone, START_MS)
    found = await minutes(board)
    assert found.verdict == "healing 2 bars, 1 outage known"
    assert (found.stored, found.holes, found.expected) == (BARS - 4, 2, BARS - 2)
    assert [one.from_ms for one in found.newest_holes] == [minute(12), minute(9)]
    assert (found.outage_bars, found.newest_outages[0].bars) == (2, 2)
    assert (found.origins.backfill, found.origins.live, found.origins.healed) == (16, 20, 0)


async def test_since_judges_only_what_opens_from_then_on(
    database: Database, board: QualityBoard
) -> None:
    await store(database, {*range(BARS)} - {3})
    assert (await minutes(board)).holes == 1
    found = await minutes(board, minute(10) - 1)
    assert (found.verdict, found.from_ms, found.expected) == ("whole", minute(10), BARS - 10)
    assert (await minutes(board, minute(BARS) + 1)).verdict == "no bar is due yet"


async def test_of_an_outage_only_the_judged_part_counts(
    database: Database, board: QualityBoard
) -> None:
    await store(database, range(12, BARS))
    gone = [TimeRange(minute(2), minute(12))]
    await CoverageStore(database).record_outages(SERIES, gone, START_MS)
    found = await minutes(board, minute(10))
    assert (found.outages, found.outage_bars, found.expected) == (1, 2, BARS - 12)
    assert found.newest_outages[0].from_ms == minute(10)


async def test_a_since_in_the_future_is_refused(board: QualityBoard) -> None:
    with pytest.raises(BadRequestError, match="future"):
        await minutes(board, minute(BARS + 60))


async def test_delays_are_wall_time_from_close_to_stored(
    database: Database, board: QualityBoard
) -> None:
    await store(database, range(4))
    await store(database, range(4, BARS), CandleOrigin.BACKFILL)
    for bar, late_ms in enumerate((100, 200, 300, 4_000)):
        await stored_after(database, bar, late_ms)
    arrivals = (await minutes(board)).arrivals
    assert arrivals is not None
    live = arrivals.whole.live
    assert (live.count, live.p50_ms, live.p95_ms, live.max_ms) == (4, 200, 4_000, 4_000)
    assert arrivals.whole.healed.count == 0


async def test_how_fast_bars_were_healed_is_told_of_the_last_hour_too(
    database: Database, board: QualityBoard, wall_clock: Wall
) -> None:
    await store(database, (0, 75), CandleOrigin.HEALED)
    await stored_after(database, 0, 40_000)
    await stored_after(database, 75, 12_000)
    wall_clock.ms = wall(minute(100))
    arrivals = (await minutes(board)).arrivals
    assert arrivals is not None
    assert (arrivals.whole.healed.count, arrivals.whole.healed.max_ms) == (2, 40_000)
    assert (arrivals.last_hour.healed.count, arrivals.last_hour.healed.max_ms) == (1, 12_000)
    assert arrivals.last_day == arrivals.whole


async def test_what_closed_before_the_clock_was_started_is_not_measured(
    database: Database, board: QualityBoard
) -> None:
    await CoverageStore(database).begin(SERIES, minute(-100))
    await store(database, (-3, 5))
    await stored_after(database, 5, 150)
    arrivals = (await minutes(board)).arrivals
    assert arrivals is not None
    assert (arrivals.since_ms, arrivals.whole.live.count) == (START_MS, 1)
    assert arrivals.whole.live.max_ms == 150


async def test_revisions_are_told_with_what_they_changed(
    database: Database, board: QualityBoard
) -> None:
    await store(database, range(BARS))
    first = seen(7)
    for volume, seen_at_ms in ((2, minute(20)), (3, minute(30))):
        candle = replace(first.candle, volume=Decimal(volume))
        await CandleStore(database).save([replace(first, candle=candle, seen_at_ms=seen_at_ms)])
    wider = replace(seen(8).candle, high=PRICE + 1, close=PRICE + 1)
    await CandleStore(database).save([replace(seen(8), candle=wider, seen_at_ms=minute(25))])
    found = await minutes(board)
    assert (found.revisions, found.stored) == (3, BARS)
    told = [(one.timestamp, one.changed, one.seen_at_ms) for one in found.newest_revisions]
    assert told == [
        (minute(7), ["volume"], minute(30)),
        (minute(8), ["high", "close"], minute(25)),
        (minute(7), ["volume"], minute(20)),
    ]


async def test_of_many_revisions_the_newest_few_are_told_one_by_one(
    database: Database, board: QualityBoard
) -> None:
    await store(database, range(BARS))
    for bar in range(8):
        candle = replace(seen(bar).candle, volume=Decimal(2))
        await CandleStore(database).save(
            [replace(seen(bar), candle=candle, seen_at_ms=minute(30 + bar))]
        )
    found = await minutes(board)
    assert (found.revisions, len(found.newest_revisions)) == (8, NEWEST)
    assert found.newest_revisions[0].timestamp == minute(7)


async def test_an_answer_serves_for_some_seconds(
    database: Database, board: QualityBoard, wall_clock: Wall
) -> None:
    await store(database, range(BARS - 1))
    assert (await minutes(board)).holes == 1
    await store(database, range(BARS))
    assert (await minutes(board)).holes == 1
    wall_clock.ms += 60_000
    assert (await minutes(board)).stored == BARS


async def test_who_asks_meanwhile_gets_the_same_answer(
    database: Database, board: QualityBoard
) -> None:
    await store(database, range(BARS))
    first, second = await asyncio.gather(minutes(board), minutes(board))
    assert first is second
