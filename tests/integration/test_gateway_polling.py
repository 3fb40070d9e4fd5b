"""A real Socket.IO client that only polls: no answer is larger than it takes."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from api_gateway.resume_rooms import EVENTS_A_PAGE
from eth_cli.free_port import free_port
from room_log_writer import RoomLogWriter, room_log_writer
from service_kit.event_bus import EventBus
from service_kit.redis_connection import create_redis
from service_kit.room import Room
from service_kit.settings import RedisSettings
from service_process import ServiceProcess, running_service
from socket_client import room_client, until
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

pytestmark = pytest.mark.integration

ROOM = Room(Symbol("ETH", "USDT"), Timeframe.M1)
MINUTES = {"symbol": "ETH/USDT", "timeframe": "1m"}


@pytest.fixture
def gateway(database_url: str, redis_url: str, tmp_path: Path) -> Iterator[ServiceProcess]:
    settings = {
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url,
        "ANALYSIS_SERVICE_URL": f"http://127.0.0.1:{free_port()}",
        "SIGNALS_SERVICE_URL": f"http://127.0.0.1:{free_port()}",
        "SYMBOLS": "ETH/USDT",
    }
    with running_service("api_gateway", settings, tmp_path) as service:
        yield service
    assert "Traceback" not in service.log.read_text()


@pytest.fixture
async def writer(database_url: str, redis_settings: RedisSettings) -> AsyncIterator[RoomLogWriter]:
    redis = create_redis(redis_settings)
    async with room_log_writer(database_url, EventBus(redis)) as writer:
        yield writer
    await redis.aclose()


async def test_who_polls_gets_what_it_missed_and_a_burst_after_it(
    gateway: ServiceProcess, writer: RoomLogWriter
) -> None:
    async with room_client(gateway.url, "polling") as client:
        ack = await client.ask("subscribe", MINUTES)
        await writer.append(ROOM, EVENTS_A_PAGE + 100)
        await until(lambda: len(client.numbers) == EVENTS_A_PAGE + 100)
    async with room_client(gateway.url, "polling") as client:
        place = {"room": ROOM.name, "epoch": ack["epoch"], "seq": 0}
        resumed = await client.ask("resume", place)
        assert resumed == {"ok": True, **place, "missed": EVENTS_A_PAGE + 100}
        await writer.append(ROOM, 100)
        await until(lambda: len(client.numbers) == EVENTS_A_PAGE + 200)
        assert client.numbers == list(range(1, EVENTS_A_PAGE + 201))
        assert client.socket.transport() == "polling"
