"""The connection to Redis: short time-outs, because Redis is never the truth."""

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from service_kit.health import ReadinessCheck
from service_kit.settings import RedisSettings

TIMEOUT_SECONDS = 0.2
CONNECT_TIMEOUT_SECONDS = 1.0


def create_redis(settings: RedisSettings) -> Redis:
    """Answers in bytes; a call that finds no server fails after `TIMEOUT_SECONDS` or at once."""
    return Redis.from_url(
        settings.redis_url.get_secret_value(),
        socket_timeout=TIMEOUT_SECONDS,
        socket_connect_timeout=CONNECT_TIMEOUT_SECONDS,
        retry=Retry(NoBackoff(), 1),
        health_check_interval=0,
    )


def redis_ready(redis: Redis) -> ReadinessCheck:
    async def check() -> str | None:
        await redis.ping()
        return None

    return check
