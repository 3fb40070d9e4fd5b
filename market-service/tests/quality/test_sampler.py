import asyncio
from collections import Counter
from contextlib import suppress

from redis.asyncio import Redis

from market_service.quality.feed_ages import FeedAges
from market_service.quality.sampler import FeedSampler
from service_kit.cache import Cache, CacheKey
from service_kit.clock import Clock
from service_kit.events import FeedState, FeedStatus

LIVE = FeedState(state=FeedStatus.LIVE, age_ms=120, source="test", kind="live")


class FakeCache(Cache):
    def __init__(self) -> None:
        super().__init__(Redis())
        self.kept: dict[str, bytes] = {}
        self.was_told = asyncio.Event()

    async def get(self, key: CacheKey, *parts: str) -> bytes | None:
        return self.kept.get(key.of(*parts))

    async def set(self, key: CacheKey, *parts: str, value: bytes) -> None:
        self.kept[key.of(*parts)] = value
        self.was_told.set()


def sampler(cache: FakeCache, faults: Counter[str] | None = None) -> FeedSampler:
    counted = faults if faults is not None else Counter[str]()
    return FeedSampler(lambda: LIVE, lambda: Counter(counted), cache, Clock(), "test")


async def lead_once(one: FeedSampler, cache: FakeCache) -> None:
    """Until the first sample was told; then another one may lead."""
    cache.was_told.clear()
    leading = asyncio.create_task(one.run())
    await cache.was_told.wait()
    leading.cancel()
    with suppress(asyncio.CancelledError):
        await leading


async def told(cache: FakeCache) -> FeedAges:
    ages = await sampler(cache).read()
    assert ages is not None
    return ages


async def test_a_follower_tells_what_the_leader_told() -> None:
    cache = FakeCache()
    assert await sampler(cache).read() is None
    await lead_once(sampler(cache), cache)
    heard = await told(cache)
    assert (heard.whole.samples, heard.whole.ages.largest_ms) == (1, 120)


async def test_the_next_leader_goes_on_where_the_last_one_stopped() -> None:
    cache = FakeCache()
    await lead_once(sampler(cache), cache)
    first = await told(cache)
    await lead_once(sampler(cache), cache)
    second = await told(cache)
    assert (second.since_ms, second.whole.samples) == (first.since_ms, 2)


async def test_what_another_version_told_is_begun_anew() -> None:
    cache = FakeCache()
    cache.kept["feed-ages:test"] = b'{"version": 7}'
    await lead_once(sampler(cache), cache)
    assert (await told(cache)).whole.samples == 1


def test_each_fault_is_counted_once() -> None:
    faults = Counter({"rest_timeout": 2})
    one, ages = sampler(FakeCache(), faults), FeedAges(0)
    one.sample(ages)
    one.sample(ages)
    faults["rest_timeout"] += 1
    one.sample(ages)
    assert ages.faults == {"rest_timeout": 3}
