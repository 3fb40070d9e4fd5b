"""Pub/sub for what is only worth something now; streams for hints that wake readers up."""

import asyncio
from collections.abc import AsyncGenerator
from typing import Any, Final

from redis.asyncio import Redis
from redis.exceptions import RedisError
from redis.exceptions import TimeoutError as RedisTimeoutError

from service_kit.events import Channel, Event, Hint, Stream
from service_kit.logging import get_logger
from service_kit.tracing import SpanKind, span

log = get_logger(__name__)

RECONNECT_SECONDS: Final = 0.5
STREAM_LENGTH: Final = 10_000
BLOCK_MS: Final = 100
"""Shorter than the connection's read time-out, which would otherwise cut a quiet stream."""


class EventBus:
    """Never raises when Redis is away: events are hints and pictures, the tables are the truth."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    async def publish(self, channel: Channel, event: Event) -> bool:
        """False when Redis could not be told."""
        try:
            await self._redis.publish(channel, event.to_json())
        except (RedisError, OSError, TimeoutError) as error:
            log.debug("publish_failed", channel=channel, error=str(error)[:200])
            return False
        return True

    async def hint(self, stream: Stream, hint: Hint) -> bool:
        """Append to a bounded stream; False when Redis could not be told."""
        with span(f"send {stream}", SpanKind.PRODUCER) as here:
            signed = hint.model_copy(update={"traceparent": here.traceparent})
            return await self._append(stream, signed.to_json())

    async def _append(self, stream: Stream, body: bytes) -> bool:
        try:
            await self._redis.xadd(stream, {"json": body}, maxlen=STREAM_LENGTH, approximate=True)
        except (RedisError, OSError, TimeoutError) as error:
            log.debug("hint_failed", stream=stream, error=str(error)[:200])
            return False
        return True

    async def subscribe(self, *channels: Channel) -> AsyncGenerator[tuple[Channel, bytes], None]:
        """Messages as they come, for ever; subscribes again whenever Redis was away."""
        while True:
            try:
                async with self._redis.pubsub(ignore_subscribe_messages=True) as pubsub:
                    await pubsub.subscribe(*channels)
                    while True:
                        message = await pubsub.get_message(timeout=1.0)
                        if message is not None:
                            yield Channel(message["channel"].decode()), message["data"]
            except (RedisError, OSError, TimeoutError) as error:
                log.warning("subscription_lost", error=str(error)[:200])
            await asyncio.sleep(RECONNECT_SECONDS)

    async def hints(self, stream: Stream, last_id: str = "$") -> AsyncGenerator[bytes, None]:
        """Hints appended after `last_id`, for ever; those sent while Redis was away are lost."""
        while True:
            try:
                answer = await self._redis.xread({stream: last_id}, count=1000, block=BLOCK_MS)
            except (RedisTimeoutError, TimeoutError):
                continue  # it was slow to say that nothing is new
            except (RedisError, OSError) as error:
                log.warning("hints_lost", stream=stream, error=str(error)[:200])
                await asyncio.sleep(RECONNECT_SECONDS)
                continue
            for entry_id, fields in _entries(answer):
                last_id = entry_id.decode()
                yield fields[b"json"]


def _entries(answer: Any) -> list[tuple[bytes, dict[bytes, bytes]]]:  # noqa: ANN401 - redis-py's union
    """XREAD's answer for one stream; nothing new is an empty list."""
    return [entry for _stream, entries in answer or () for entry in entries]
