"""The clients that people have, over each transport, while the room is spoken to all the time."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from eth_cli.free_port import free_port
from node_client import node_client
from room_log_writer import RoomLogWriter, room_log_writer
from service_kit.event_bus import EventBus
from service_kit.events import Channel, PriceTick
from service_kit.redis_connection import create_redis
from service_kit.room import Room
from service_kit.settings import RedisSettings
from service_process import ServiceProcess, running_service
from socket_client import room_client, until
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

pytestmark = pytest.mark.integration

ROOM = Room(Symbol("ETH", "USDT"), Timeframe.M1)
WAYS = [("websocket",), ("polling",), ("polling", "websocket")]
EVENTS = 150


@pytest.fixture
def gateway(database_url: str, redis_url: str, tmp_path: Path) -> Iterator[ServiceProcess]:
    settings = {
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url,
        "MARKET_SERVICE_URL": f"http://127.0.0.1:{free_port()}",
        "SYMBOLS": "ETH/USDT",
    }
    with running_service("api_gateway", settings, tmp_path) as service:
        yield service
    assert "Traceback" not in service.log.read_text()


@pytest.fixture
async def bus(redis_settings: RedisSettings) -> AsyncIterator[EventBus]:
    redis = create_redis(redis_settings)
    yield EventBus(redis)
    await redis.aclose()


async def speak(writer: RoomLogWriter, bus: EventBus, count: int) -> None:
    """Events, and prices among them."""
    for number in range(count):
        await writer.append(ROOM)
        tick = PriceTick(symbol="ETHUSDT", price=number + 1.0, timestamp=number, source="recording")
        await bus.publish(Channel.PRICES, tick)


@pytest.mark.parametrize("transports", WAYS, ids="-".join)
async def test_the_javascript_client_hears_everything_once_and_in_order(
    gateway: ServiceProcess, database_url: str, bus: EventBus, transports: tuple[str, ...]
) -> None:
    async with room_log_writer(database_url, bus) as writer:
        speaking = asyncio.create_task(speak(writer, bus, EVENTS))
        async with node_client(gateway.url, *transports) as client:
            await until(lambda: client.got("ack"), seconds=30)
            ack = client.got("ack")[0]
            await speaking
            await writer.append(ROOM)
            await until(lambda: client.numbers[-1:] == [EVENTS + 1], seconds=30)
            assert client.numbers == list(range(ack["seq"] + 1, EVENTS + 2))
            assert client.transports[-1] == transports[-1]
            await until(lambda: client.got("price_update")[-1]["price"] == EVENTS)
            assert client.got("gone") == client.got("failed") == []
        place = {"epoch": ack["epoch"], "seq": 3}
        async with node_client(gateway.url, *transports, place=place) as client:
            await until(lambda: client.numbers[-1:] == [EVENTS + 1], seconds=30)
            assert client.got("ack")[0]["missed"] == EVENTS - 2
            assert client.numbers == list(range(4, EVENTS + 2))


@pytest.mark.parametrize("transports", WAYS, ids="-".join)
async def test_the_python_client_hears_everything_once_and_in_order(
    gateway: ServiceProcess, database_url: str, bus: EventBus, transports: tuple[str, ...]
) -> None:
    async with (
        room_log_writer(database_url, bus) as writer,
        room_client(gateway.url, *transports) as client,
    ):
        ack = await client.ask("subscribe", {"symbol": "ETH/USDT", "timeframe": "1m"})
        await speak(writer, bus, EVENTS)
        await until(lambda: client.numbers[-1:] == [EVENTS], seconds=30)
        assert client.numbers == list(range(ack["seq"] + 1, EVENTS + 1))
        assert client.socket.transport() == transports[-1]
        await until(lambda: client.got("price_update")[-1]["price"] == EVENTS)
