"""`python -m api_gateway` that comes back at the same address, and the rooms that it serves."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import SecretStr

from eth_cli.free_port import is_free
from room_log_writer import RoomLogWriter, room_log_writer
from service_kit.event_bus import EventBus
from service_kit.redis_connection import create_redis
from service_kit.room import Room
from service_kit.settings import RedisSettings
from service_process import ServiceProcess, running_service
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

SYMBOLS = (Symbol("ETH", "USDT"), Symbol("BTC", "USDT"))
TIMEFRAMES = (Timeframe.M1, Timeframe.M5, Timeframe.M15, Timeframe.H1)
ROOMS = tuple(Room(symbol, timeframe) for symbol in SYMBOLS for timeframe in TIMEFRAMES)
PORTS = range(20_000 + os.getpid() % 10_000, 32_000)
"""Below those that the system gives to outgoing connections: a client that comes back while nobody
listens could be given the very port that it wants to reach, and talk to itself. Not those of
another process that does the same, whose gateway may be away just now."""


@dataclass
class RestartingGateway:
    database_url: str
    redis_url: str
    folder: Path
    port: int = field(default_factory=lambda: next(filter(is_free, PORTS)))

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @asynccontextmanager
    async def running(self) -> AsyncIterator[ServiceProcess]:
        settings = {
            "DATABASE_URL": self.database_url,
            "REDIS_URL": self.redis_url,
            "SYMBOLS": ",".join(symbol.slashed for symbol in SYMBOLS),
        }
        starting = running_service("api_gateway", settings, self.folder, self.port)
        service = await asyncio.to_thread(starting.__enter__)
        try:
            yield service
        finally:
            await asyncio.to_thread(starting.__exit__, None, None, None)

    @asynccontextmanager
    async def writer(self, filler: str = "") -> AsyncIterator[RoomLogWriter]:
        """Appends to the log of its rooms, and tells it so; each event carries the filler."""
        redis = create_redis(RedisSettings(redis_url=SecretStr(self.redis_url)))
        async with room_log_writer(self.database_url, EventBus(redis), filler) as writer:
            yield writer
        await redis.aclose()


@asynccontextmanager
async def growing_log(writer: RoomLogWriter, events_per_second: float) -> AsyncIterator[None]:
    """So many events to each room, at an even pace whatever writing takes."""
    appending = asyncio.create_task(_append(writer, 1 / events_per_second / len(ROOMS)))
    try:
        yield
    finally:
        appending.cancel()
        with suppress(asyncio.CancelledError):
            await appending


async def _append(writer: RoomLogWriter, step_seconds: float) -> None:
    loop = asyncio.get_running_loop()
    due = loop.time()
    while True:
        for room in ROOMS:
            await writer.append(room)
            due += step_seconds
            await asyncio.sleep(max(0.0, due - loop.time()))
