"""What PostgreSQL and Redis say of themselves, asked in the background."""

from typing import Final

from pydantic import ConfigDict
from pydantic.alias_generators import to_camel
from pydantic.dataclasses import dataclass
from redis.asyncio import Redis
from redis.exceptions import RedisError

AS_JSON: Final = ConfigDict(alias_generator=to_camel, validate_by_name=True)


@dataclass(frozen=True, slots=True, config=AS_JSON)
class DatabaseFigures:
    size_bytes: int
    connections: int
    connections_limit: int


@dataclass(frozen=True, slots=True, config=AS_JSON)
class RedisFigures:
    """`max_memory_bytes` 0: no limit."""

    used_memory_bytes: int
    max_memory_bytes: int
    connected_clients: int
    evicted_keys: int


async def redis_figures(redis: Redis) -> RedisFigures | None:
    """None while it is away."""
    try:
        info = await redis.info()
    except (RedisError, OSError, TimeoutError):
        return None
    return RedisFigures(
        used_memory_bytes=int(info["used_memory"]),
        max_memory_bytes=int(info.get("maxmemory", 0)),
        connected_clients=int(info["connected_clients"]),
        evicted_keys=int(info["evicted_keys"]),
    )
