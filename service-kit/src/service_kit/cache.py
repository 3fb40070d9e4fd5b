"""What is kept in Redis for a while; when Redis is gone, nothing but speed is lost."""

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final, TypeVar

from prometheus_client import CollectorRegistry, Counter
from redis.asyncio import Redis
from redis.exceptions import RedisError

from service_kit.logging import get_logger

log = get_logger(__name__)

REST_AFTER_FAILURE_SECONDS: Final = 1.0

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class CacheKey:
    prefix: str
    ttl_seconds: int

    def of(self, *parts: str) -> str:
        return ":".join((self.prefix, *parts))


# Every key of the platform, and how many seconds it lives.
PRICE: Final = CacheKey("price", 10)
CANDLES: Final = CacheKey("candles", 60)
INDICATORS: Final = CacheKey("indicators", 60)
PATTERNS: Final = CacheKey("patterns", 60)
SIGNALS: Final = CacheKey("signals", 60)
LIVE_CANDLE: Final = CacheKey("live-candle", 60)
FEED_STATE: Final = CacheKey("feed", 10)
FEED_AGES: Final = CacheKey("feed-ages", 86_400)


class Cache:
    """Bytes by key. After a failure Redis is left alone for a second, so it costs no request."""

    def __init__(self, redis: Redis, registry: CollectorRegistry | None = None) -> None:
        self._redis = redis
        self._resting_until = 0.0
        self._failures = Counter(
            "cache_failures_total", "Calls that Redis did not answer.", registry=registry
        )

    async def get(self, key: CacheKey, *parts: str) -> bytes | None:
        found = await self._guard(lambda: self._redis.get(key.of(*parts)))
        return found if isinstance(found, bytes) else None

    async def set(self, key: CacheKey, *parts: str, value: bytes) -> None:
        name = key.of(*parts)
        await self._guard(lambda: self._redis.set(name, value, ex=key.ttl_seconds))

    async def delete(self, key: CacheKey, *parts: str) -> None:
        await self._guard(lambda: self._redis.delete(key.of(*parts)))

    async def _guard(self, call: Callable[[], Awaitable[T]]) -> T | None:
        if time.monotonic() < self._resting_until:
            return None
        try:
            answer = await call()
        except (RedisError, OSError, TimeoutError) as error:
            self._rest(error)
            return None
        self._resting_until = 0.0
        return answer

    def _rest(self, error: Exception) -> None:
        self._failures.inc()
        self._resting_until = time.monotonic() + REST_AFTER_FAILURE_SECONDS
        log.warning("cache_unavailable", error=str(error)[:200])
