from decimal import Decimal

import orjson
import pytest
from redis.asyncio import Redis
from redis.exceptions import ConnectionError as RedisConnectionError

from market_service.broadcast_market import MarketBroadcast
from market_service.exact_candle import ExactCandle
from market_service.frames import TickerFrame
from service_kit.cache import Cache
from service_kit.event_bus import EventBus
from service_kit.series import Series
from trading_core.symbol import Symbol
from trading_core.timeframe import MINUTE_MS, Timeframe

ETH = Symbol("ETH", "USDT")
SERIES = Series(ETH, Timeframe.M1)
NOW_MS = 1_722_807_000_000


class FakeRedis(Redis):
    """Remembers what is published and set."""

    def __init__(self) -> None:
        self.away = False
        self.published: list[tuple[str, dict[str, object]]] = []
        self.kept: dict[str, bytes] = {}

    async def publish(self, channel: str, message: bytes) -> int:  # type: ignore[override]
        if self.away:
            raise RedisConnectionError("away")
        self.published.append((str(channel), orjson.loads(message)))
        return 1

    async def set(self, name: str, value: bytes, ex: int) -> bool:  # type: ignore[override]
        assert ex > 0
        self.kept[name] = value
        return True

    def __del__(self) -> None:
        """There is no connection to close."""


@pytest.fixture
def redis() -> FakeRedis:
    return FakeRedis()


@pytest.fixture
def broadcast(redis: FakeRedis) -> MarketBroadcast:
    return MarketBroadcast(Cache(redis), EventBus(redis), "replay:test")


def candle(bar: int, close: int = 1) -> ExactCandle:
    one, top = Decimal(1), Decimal(close)
    return ExactCandle(SERIES, NOW_MS + bar * MINUTE_MS, one, top, one, top, one)


def ticker(price: float) -> TickerFrame:
    return TickerFrame(ETH, NOW_MS, price, 100.0, 120.0, 90.0, 5.0)


def told(redis: FakeRedis) -> list[tuple[int, bool, float]]:
    rows = [message for channel, message in redis.published if channel == "market:candles"]
    bars = []
    for row in rows:
        candle_row = row["candle"]
        assert isinstance(candle_row, list)
        bars.append(((candle_row[0] - NOW_MS) // MINUTE_MS, bool(row["closed"]), candle_row[4]))
    return bars


async def test_of_prices_and_open_candles_only_the_latest_is_sent(
    broadcast: MarketBroadcast, redis: FakeRedis
) -> None:
    for price in (100.0, 101.0, 110.0):
        broadcast.offer_price(ticker(price))
    broadcast.offer_open(candle(0, close=2))
    broadcast.offer_open(candle(0, close=3))
    await broadcast.send()
    assert told(redis) == [(0, False, 3.0)]
    (price_message,) = (m for channel, m in redis.published if channel == "market:prices")
    assert price_message == {
        "symbol": "ETHUSDT", "price": 110.0, "timestamp": NOW_MS, "source": "replay:test",
        "change24h": pytest.approx(10.0), "high24h": 120.0, "low24h": 90.0, "volume24h": 5.0,
    }  # fmt: skip
    assert set(redis.kept) == {"price:ETHUSDT", "live-candle:ETHUSDT:1m"}


async def test_every_closed_candle_is_sent_before_the_open_one(
    broadcast: MarketBroadcast, redis: FakeRedis
) -> None:
    broadcast.offer_closed(candle(0))
    broadcast.offer_closed(candle(1))
    broadcast.offer_open(candle(2))
    await broadcast.send()
    assert [(bar, closed) for bar, closed, _ in told(redis)] == [(0, True), (1, True), (2, False)]


async def test_a_late_picture_of_a_closed_bar_is_not_sent(
    broadcast: MarketBroadcast, redis: FakeRedis
) -> None:
    broadcast.offer_open(candle(0))
    broadcast.offer_closed(candle(0))
    broadcast.offer_open(candle(0))
    await broadcast.send()
    assert [(bar, closed) for bar, closed, _ in told(redis)] == [(0, True)]


async def test_a_dead_redis_is_survived(broadcast: MarketBroadcast, redis: FakeRedis) -> None:
    redis.away = True
    broadcast.offer_price(ticker(100.0))
    broadcast.offer_closed(candle(0))
    await broadcast.send()
    redis.away = False
    broadcast.offer_price(ticker(101.0))
    await broadcast.send()
    assert [channel for channel, _ in redis.published] == ["market:prices"]
