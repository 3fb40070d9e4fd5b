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


CACHES: Final = (
    PRICE,
    CANDLES,
    INDICATORS,
    PATTERNS,
    SIGNALS,
    LIVE_CANDLE,
    FEED_STATE,
    FEED_AGES,
)
RESULTS: Final = ("hit", "miss", "failed")


class Cache:
    """Bytes by key. After a failure Redis is left alone for a second, so it costs no request."""

    def __init__(self, redis: Redis, registry: CollectorRegistry | None = None) -> None:
        self._redis = redis
        self._resting_until = 0.0
        self._requests = Counter(
            "cache_requests_total",
            "Look-ups that hit or missed, and calls of any kind that Redis did not answer.",
            ("cache", "result"),
            registry=registry,
        )
        for key in CACHES:
            for result in RESULTS:
                self._requests.labels(key.prefix, result)

    async def get(self, key: CacheKey, *parts: str) -> bytes | None:
        answered, found = await self._guard(key, lambda: self._redis.get(key.of(*parts)))
        if answered:
            self._requests.labels(key.prefix, "miss" if found is None else "hit").inc()
        return found if isinstance(found, bytes) else None

    async def set(self, key: CacheKey, *parts: str, value: bytes) -> None:
        name = key.of(*parts)
        await self._guard(key, lambda: self._redis.set(name, value, ex=key.ttl_seconds))

    async def delete(self, key: CacheKey, *parts: str) -> None:
        await self._guard(key, lambda: self._redis.delete(key.of(*parts)))

    async def _guard(
        self, key: CacheKey, call: Callable[[], Awaitable[T]]
    ) -> tuple[bool, T | None]:
        """Whether Redis answered, and what. What is not asked while it is left alone failed."""
        if time.monotonic() < self._resting_until:
            self._requests.labels(key.prefix, "failed").inc()
            return False, None
        try:
            answer = await call()
        except (RedisError, OSError, TimeoutError) as error:
            self._requests.labels(key.prefix, "failed").inc()
            self._rest(error)
            return False, None
        self._resting_until = 0.0
        return True, answer

    def _rest(self, error: Exception) -> None:
        self._resting_until = time.monotonic() + REST_AFTER_FAILURE_SECONDS
        log.warning("cache_unavailable", error=str(error)[:200])
