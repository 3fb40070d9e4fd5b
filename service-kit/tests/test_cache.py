"""How look-ups are counted; the cache itself is tried on a real server in tests/integration."""

import pytest
from prometheus_client import CollectorRegistry
from redis.asyncio import Redis
from redis.exceptions import ConnectionError as RedisConnectionError

from service_kit.cache import PRICE, Cache


class FakeRedis(Redis):
    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}
        self.is_away = False

    async def get(self, name: str) -> bytes | None:  # type: ignore[override] # the part we use
        if self.is_away:
            raise RedisConnectionError
        return self.kept.get(name)


class House:
    def __init__(self) -> None:
        self.redis, self.registry = FakeRedis(), CollectorRegistry()
        self.cache = Cache(self.redis, self.registry)

    def count(self, result: str) -> float | None:
        labels = {"cache": "price", "result": result}
        return self.registry.get_sample_value("cache_requests_total", labels)


@pytest.fixture
def house() -> House:
    return House()


async def test_hits_and_misses_are_counted_by_cache(house: House) -> None:
    assert (house.count("hit"), house.count("miss"), house.count("failed")) == (0, 0, 0)
    await house.cache.get(PRICE, "ETHUSDT")
    house.redis.kept["price:ETHUSDT"] = b"1"
    await house.cache.get(PRICE, "ETHUSDT")
    assert (house.count("hit"), house.count("miss"), house.count("failed")) == (1, 1, 0)


async def test_what_is_not_asked_after_a_failure_failed_too(house: House) -> None:
    house.redis.is_away = True
    for _ in range(3):
        assert await house.cache.get(PRICE, "ETHUSDT") is None
    assert (house.count("hit"), house.count("miss"), house.count("failed")) == (0, 0, 3)
