"""The chassis against real servers: leadership, cache, events."""

import asyncio
from contextlib import aclosing

import pytest
from pydantic import SecretStr
from sqlalchemy import text

from eth_cli.temporary_servers import temporary_valkey
from service_kit.advisory_lock import Leadership
from service_kit.cache import PRICE, Cache
from service_kit.database import create_database, database_ready
from service_kit.errors import StoreUnavailableError
from service_kit.event_bus import EventBus
from service_kit.events import CandleTick, Channel, ClosedCandleHint, Stream
from service_kit.redis_connection import create_redis
from service_kit.settings import DatabaseSettings, RedisSettings
from trading_core.candle_origin import CandleOrigin
from trading_core.timeframe import Timeframe

pytestmark = pytest.mark.integration

TICK = CandleTick(
    symbol="ETHUSDT", timeframe=Timeframe.M1, candle=(60_000, 1, 2, 1, 2, 5), closed=True
)
HINT = ClosedCandleHint(
    symbol="ETHUSDT", timeframe=Timeframe.M1, timestamp=60_000, origin=CandleOrigin.LIVE
)


async def test_only_one_leads_and_the_next_follows_when_it_lets_go(
    database_settings: DatabaseSettings,
) -> None:
    engine = create_database(database_settings)
    first, second = Leadership(engine, "feed"), Leadership(engine, "feed")
    await first.acquire()
    waiting = asyncio.create_task(second.acquire())
    await asyncio.sleep(0.1)
    assert (first.held, second.held) == (True, False)
    await first.release()
    await asyncio.wait_for(waiting, 5)
    assert (first.held, second.held) == (False, True)
    await second.release()
    await engine.dispose()


async def test_a_leader_whose_session_is_killed_knows_it_and_is_followed(
    database_settings: DatabaseSettings,
) -> None:
    engine = create_database(database_settings)
    leader, follower = Leadership(engine, "feed"), Leadership(engine, "feed")
    await leader.acquire()
    watch = asyncio.create_task(leader.lost())
    async with engine.connect() as connection:
        await connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_locks"
                " WHERE locktype = 'advisory' AND pid <> pg_backend_pid()"
            )
        )
    await asyncio.wait_for(watch, 8)
    assert not leader.held
    await asyncio.wait_for(follower.acquire(), 5)
    await follower.release()
    await engine.dispose()


async def test_the_database_check_says_what_is_wrong_when_it_is_away() -> None:
    engine = create_database(
        DatabaseSettings(database_url=SecretStr("postgresql+asyncpg://eth:x@127.0.0.1:1/none"))
    )
    with pytest.raises(StoreUnavailableError, match="cannot be reached"):
        await database_ready(engine)()
    await engine.dispose()


async def test_a_cached_value_comes_back_and_can_be_deleted(redis_settings: RedisSettings) -> None:
    redis = create_redis(redis_settings)
    cache = Cache(redis)
    await cache.set(PRICE, "ETHUSDT", value=b"1")
    assert await cache.get(PRICE, "ETHUSDT") == b"1"
    assert 0 < await redis.ttl(PRICE.of("ETHUSDT")) <= PRICE.ttl_seconds
    await cache.delete(PRICE, "ETHUSDT")
    assert await cache.get(PRICE, "ETHUSDT") is None
    await redis.aclose()


async def test_everything_goes_on_without_redis_and_comes_back_with_it() -> None:
    with temporary_valkey() as server:
        redis = create_redis(RedisSettings(redis_url=SecretStr(server.redis_url)))
        cache, bus = Cache(redis), EventBus(redis)
        server.kill()
        await cache.set(PRICE, "ETHUSDT", value=b"1")
        assert await cache.get(PRICE, "ETHUSDT") is None
        assert not await bus.publish(Channel.CANDLES, TICK)
        assert not await bus.hint(Stream.CANDLES_CLOSED, HINT)
        server.start()
        await asyncio.sleep(1.1)
        await cache.set(PRICE, "ETHUSDT", value=b"2")
        assert await cache.get(PRICE, "ETHUSDT") == b"2"
        await redis.aclose()


async def test_a_subscriber_survives_the_server_and_hears_the_next_message() -> None:
    with temporary_valkey() as server:
        redis = create_redis(RedisSettings(redis_url=SecretStr(server.redis_url)))
        bus = EventBus(redis)
        async with aclosing(bus.subscribe(Channel.CANDLES)) as messages:
            waiting = asyncio.ensure_future(anext(messages))
            await _publish_until(bus, waiting)
            server.kill()
            server.start()
            waiting = asyncio.ensure_future(anext(messages))
            channel, payload = await _publish_until(bus, waiting)
        assert channel is Channel.CANDLES
        assert CandleTick.model_validate_json(payload) == TICK
        await redis.aclose()


async def _publish_until(
    bus: EventBus, waiting: "asyncio.Future[tuple[Channel, bytes]]"
) -> tuple[Channel, bytes]:
    async with asyncio.timeout(10):
        while not waiting.done():
            await bus.publish(Channel.CANDLES, TICK)
            await asyncio.sleep(0.05)
    return waiting.result()


async def test_hints_are_read_in_order_from_where_one_was(redis_settings: RedisSettings) -> None:
    redis = create_redis(redis_settings)
    bus = EventBus(redis)
    for minute in range(3):
        await bus.hint(
            Stream.CANDLES_CLOSED, HINT.model_copy(update={"timestamp": minute * 60_000})
        )
    async with aclosing(bus.hints(Stream.CANDLES_CLOSED, last_id="0")) as hints:
        read = [ClosedCandleHint.model_validate_json(await anext(hints)) for _ in range(3)]
    assert [hint.timestamp for hint in read] == [0, 60_000, 120_000]
    await redis.aclose()
