"""kill -9 of a gateway under 100 subscribed clients while events are appended: none misses one."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import socketio
from pydantic import SecretStr
from socketio.exceptions import SocketIOError

from room_log_writer import RoomLogWriter, room_log_writer
from service_kit.event_bus import EventBus
from service_kit.redis_connection import create_redis
from service_kit.room import Room
from service_kit.room_queries import room_log_state
from service_kit.settings import RedisSettings
from service_process import ServiceProcess, running_service
from socket_client import SEQUENCED, until
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

pytestmark = pytest.mark.faults

CLIENTS = 100
ROOMS = tuple(Room(Symbol("ETH", "USDT"), timeframe) for timeframe in (Timeframe.M1, Timeframe.M5))
BEFORE, WHILE_AWAY, AFTER = 40, 40, 40
"""Events for each room, at about twenty a second."""


@dataclass
class Gateway:
    """The gateway that runs now; another one comes after it."""

    settings: dict[str, str]
    folder: Path
    url: str = ""

    @asynccontextmanager
    async def running(self) -> AsyncIterator[ServiceProcess]:
        starting = running_service("api_gateway", self.settings, self.folder)
        service = await asyncio.to_thread(starting.__enter__)
        self.url = service.url
        try:
            yield service
        finally:
            await asyncio.to_thread(starting.__exit__, None, None, None)


@dataclass
class Client:
    """Comes back whenever it is cut off, and resumes from the last number that it has."""

    gateway: Gateway
    room: Room
    first: int | None = None
    epoch: str = ""
    heard: list[int] = field(default_factory=list)
    """Numbers as they came; -n is a snapshot at n."""
    resumed: int = 0

    async def run(self) -> None:
        while True:
            socket = socketio.AsyncClient(reconnection=False)
            socket.on("*", self._hear)
            with suppress(SocketIOError, TimeoutError):
                await socket.connect(self.gateway.url, transports=["websocket"])
                await self._enter(socket)
                await socket.wait()
            await socket.disconnect()
            await asyncio.sleep(0.2)

    async def _enter(self, socket: Any) -> None:  # noqa: ANN401 - socketio ships no types
        wish = {"symbol": self.room.symbol.slashed, "timeframe": self.room.timeframe.value}
        if self.first is None:
            ack = await socket.call("subscribe", wish, timeout=20)
            self.first, self.epoch = ack["seq"], ack["epoch"]
            return
        last = abs(self.heard[-1]) if self.heard else self.first
        ack = await socket.call("resume", {**wish, "epoch": self.epoch, "seq": last}, timeout=20)
        assert ack["ok"], ack
        self.resumed += 1

    async def _hear(self, event: str, payload: dict[str, Any]) -> None:
        if event == "snapshot":
            self.heard.append(-payload["seq"])
        elif event in SEQUENCED and "seq" in payload:
            self.heard.append(payload["seq"])

    def gap(self) -> tuple[int, int] | None:
        """The first two numbers that do not follow each other; a snapshot may follow anything."""
        numbers = [self.first or 0, *self.heard]
        pairs = pairwise(numbers)
        return next(((a, b) for a, b in pairs if b >= 0 and b != abs(a) + 1), None)


@pytest.fixture
async def writer(database_url: str, redis_url: str) -> AsyncIterator[RoomLogWriter]:
    redis = create_redis(RedisSettings(redis_url=SecretStr(redis_url)))
    async with room_log_writer(database_url, EventBus(redis)) as writer:
        yield writer
    await redis.aclose()


@pytest.fixture
def gateway(database_url: str, redis_url: str, tmp_path: Path) -> Gateway:
    settings = {"DATABASE_URL": database_url, "REDIS_URL": redis_url, "SYMBOLS": "ETH/USDT"}
    return Gateway(settings, tmp_path)


async def append(writer: RoomLogWriter, count: int) -> None:
    for _ in range(count):
        for room in ROOMS:
            await writer.append(room)
        await asyncio.sleep(0.05)


async def test_a_killed_gateway_costs_no_client_an_event(
    gateway: Gateway, writer: RoomLogWriter, capsys: pytest.CaptureFixture[str]
) -> None:
    clients = [Client(gateway, ROOMS[number % len(ROOMS)]) for number in range(CLIENTS)]
    async with gateway.running() as first:
        running = [asyncio.create_task(client.run()) for client in clients]
        await until(lambda: all(client.first is not None for client in clients), seconds=30)
        appending = asyncio.create_task(append(writer, BEFORE + WHILE_AWAY))
        await until(lambda: all(len(client.heard) > BEFORE // 2 for client in clients), seconds=30)
        first.kill()
    async with gateway.running():
        await appending
        await append(writer, AFTER)
        heads = (await room_log_state(writer.database)).heads
        await until(
            lambda: all(
                client.heard and abs(client.heard[-1]) == heads[client.room.name]
                for client in clients
            ),
            seconds=30,
        )
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
    assert [client.gap() for client in clients if client.gap()] == []
    assert all(client.resumed for client in clients)
    snapshots = sum(number < 0 for client in clients for number in client.heard)
    with capsys.disabled():
        print(  # noqa: T201 - the figures are the point
            f"\n{CLIENTS} clients, {sum(len(client.heard) for client in clients)} events, "
            f"{sum(client.resumed for client in clients)} resumes, {snapshots} snapshots"
        )
