"""What market-service says is stored and what is missing, of real PostgreSQL and Valkey."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest
from prometheus_client import CollectorRegistry

from market_service.broadcast_feed import REPORT_PART, FeedBroadcast
from market_service.candle_store import CandleStore, SeenCandle
from market_service.coverage_store import CoverageStore
from market_service.exact_candle import ExactCandle
from market_service.exchange_time import ExchangeTime
from market_service.fault_kind import FaultKind
from market_service.fault_log import FaultLog
from market_service.feed_monitor import FeedMonitor
from market_service.market_metrics import MarketMetrics
from market_service.market_status import NEWEST, StatusBoard
from market_service.schemas import BarRange, SeriesStatus
from market_service.settings import MarketSettings
from service_kit.cache import FEED_STATE, Cache
from service_kit.clock import Clock, ClockState
from service_kit.database import Database, create_database
from service_kit.event_bus import EventBus
from service_kit.events import FeedStatus
from service_kit.redis_connection import create_redis
from service_kit.series import Series
from service_kit.settings import DatabaseSettings, RedisSettings
from trading_core.candle_origin import CandleOrigin
from trading_core.symbol import Symbol
from trading_core.time_range import TimeRange
from trading_core.timeframe import MINUTE_MS, Timeframe

pytestmark = pytest.mark.integration

SERIES = Series(Symbol("ETH", "USDT"), Timeframe.M1)
START_MS = 1_722_807_000_000
BARS = 40
PRICE = Decimal(2_500)


class NoExchange:
    async def server_time_ms(self) -> int:
        raise AssertionError("the status asks no exchange")


@pytest.fixture
async def database(database_settings: DatabaseSettings) -> AsyncIterator[Database]:
    engine = create_database(database_settings)
    yield engine
    await engine.dispose()


@dataclass(slots=True)
class Replica:
    """An instance of market-service, as far as it tells of itself."""

    board: StatusBoard
    monitor: FeedMonitor
    broadcast: FeedBroadcast
    cache: Cache
    leads: bool = True


@pytest.fixture
async def replica(
    database: Database,
    database_settings: DatabaseSettings,
    redis_settings: RedisSettings,
    tmp_path: Path,
) -> AsyncIterator[Replica]:
    """At a clock that stands where `BARS` bars have closed and settled."""
    path = tmp_path / "clock.json"
    ClockState(minute(BARS) + MINUTE_MS // 2, None).write(path)
    clock, registry = Clock(path), CollectorRegistry()
    settings = MarketSettings(
        database_url=database_settings.database_url, redis_url=redis_settings.redis_url
    )
    redis = create_redis(settings)
    metrics = MarketMetrics(registry)
    faults = FaultLog(clock, metrics.faults)
    monitor = FeedMonitor(clock, "test", "live", metrics, faults)
    time = ExchangeTime(NoExchange(), clock, faults)
    cache = Cache(redis, registry)
    coverage = CoverageStore(database)

    def leads() -> bool:
        return here.leads

    board = StatusBoard(settings, coverage, time, monitor, cache, clock, leads)
    here = Replica(board, monitor, FeedBroadcast(monitor, cache, EventBus(redis)), cache)
    await cache.delete(FEED_STATE, REPORT_PART)
    yield here
    await redis.aclose()


@pytest.fixture
def board(replica: Replica) -> StatusBoard:
    return replica.board


def minute(bar: int) -> int:
    return START_MS + bar * MINUTE_MS


def seen(bar: int) -> SeenCandle:
    candle = ExactCandle(SERIES, minute(bar), PRICE, PRICE, PRICE, PRICE, Decimal(1))
    return SeenCandle(candle, CandleOrigin.LIVE, START_MS)


async def store(database: Database, bars: Sequence[int]) -> None:
    await CoverageStore(database).begin(SERIES, START_MS)
    await CandleStore(database).save([seen(bar) for bar in bars])


async def minutes(board: StatusBoard) -> SeriesStatus:
    return (await board.read()).candles["ETHUSDT"][Timeframe.M1]


def bar_range(first: int, after: int) -> BarRange:
    return BarRange(from_ms=minute(first), until_ms=minute(after), bars=after - first)


async def test_a_whole_series_lacks_nothing(database: Database, board: StatusBoard) -> None:
    await store(database, range(BARS))
    found = await minutes(board)
    assert (found.stored, found.first, found.last) == (BARS, minute(0), minute(BARS - 1))
    assert (found.live_since, found.holes, found.outages) == (START_MS, 0, 0)
    assert (found.newest_holes, found.newest_outages) == ([], [])


async def test_holes_are_shown_the_newest_first(database: Database, board: StatusBoard) -> None:
    await store(database, [bar for bar in range(BARS - 2) if bar not in {3, 4, 9}])
    found = await minutes(board)
    assert found.holes == 5
    assert found.newest_holes == [bar_range(38, 40), bar_range(9, 10), bar_range(3, 5)]


async def test_of_many_holes_the_newest_few_are_shown(
    database: Database, board: StatusBoard
) -> None:
    await store(database, range(0, BARS, 2))
    found = await minutes(board)
    assert found.holes == BARS // 2
    assert [one.from_ms for one in found.newest_holes] == [
        minute(BARS - 1 - 2 * number) for number in range(NEWEST)
    ]


async def test_what_the_exchange_never_had_is_an_outage_and_no_hole(
    database: Database, board: StatusBoard
) -> None:
    await store(database, [bar for bar in range(BARS) if bar not in {3, 4, 9}])
    gone = [TimeRange(minute(3), minute(5)), TimeRange(minute(9), minute(10))]
    await CoverageStore(database).record_outages(SERIES, gone, START_MS)
    found = await minutes(board)
    assert (found.holes, found.newest_holes) == (0, [])
    assert (found.outages, found.outage_bars) == (2, 3)
    assert found.newest_outages == [bar_range(9, 10), bar_range(3, 5)]


async def test_a_follower_tells_of_the_leaders_feed(replica: Replica) -> None:
    replica.monitor.opened()
    replica.monitor.dropped(FaultKind.BAD_NUMBER)
    leaders = (await replica.board.read()).feed
    await replica.broadcast.send()
    replica.leads = False
    replica.monitor.closed()
    replica.monitor.dropped(FaultKind.BAD_RANGE)
    followers = (await replica.board.read()).feed
    assert (leaders.leader, leaders.connected, leaders.frames_dropped) == (True, True, 1)
    assert followers == leaders.model_copy(update={"leader": False})


@pytest.mark.parametrize("told", [None, b"{}", b'{"faults": {"of_tomorrow": {}}}'])
async def test_a_follower_of_a_leader_that_is_not_heard_claims_nothing(
    replica: Replica, told: bytes | None
) -> None:
    replica.leads = False
    replica.monitor.opened()
    replica.monitor.dropped(FaultKind.BAD_NUMBER)
    if told is not None:
        await replica.cache.set(FEED_STATE, REPORT_PART, value=told)
    feed = (await replica.board.read()).feed
    assert (feed.state, feed.age_ms, feed.leader) == (FeedStatus.OFFLINE, None, False)
    assert (feed.connected, feed.reconnects, feed.frames, feed.frames_dropped) == (None,) * 4
    assert feed.faults is None
