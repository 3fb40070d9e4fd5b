"""The clients that people have, over each transport, while the room is spoken to all the time."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from websockets.asyncio.client import ClientConnection, connect

from gateway_alone import gateway_alone
from node_client import node_client
from room_log_writer import RoomLogWriter, room_log_writer
from service_kit.event_bus import EventBus
from service_kit.events import Channel, PriceTick
from service_kit.redis_connection import create_redis
from service_kit.room import Room
from service_kit.settings import RedisSettings
from service_process import ServiceProcess
from socket_client import room_client, until
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

pytestmark = pytest.mark.integration

ROOM = Room(Symbol("ETH", "USDT"), Timeframe.M1)
WAYS = [("websocket",), ("polling",), ("polling", "websocket")]
EVENTS = 150


@pytest.fixture
def gateway(database_url: str, redis_url: str, tmp_path: Path) -> Iterator[ServiceProcess]:
    with gateway_alone(database_url, redis_url, tmp_path) as service:
        yield service


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


def metrics(gateway: ServiceProcess) -> str:
    return httpx.get(gateway.url + "/metrics").text


@asynccontextmanager
async def narrow_websocket(gateway: ServiceProcess) -> AsyncIterator[ClientConnection]:
    """A raw client that is subscribed, and for which the kernel takes little."""
    narrow = socket.socket()
    narrow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    narrow.connect(("127.0.0.1", int(gateway.url.rpartition(":")[2])))
    narrow.settimeout(0)
    url = gateway.url.replace("http", "ws", 1) + "/socket.io/?EIO=4&transport=websocket"
    async with connect(url, sock=narrow, max_queue=1, ping_interval=None) as client:
        await client.send("40")
        await client.send('420["subscribe",{"symbol":"ETH/USDT","timeframe":"1m"}]')
        while not str(await client.recv()).startswith("430"):
            pass
        yield client


async def hear_events(client: ClientConnection, last_seq: int, last_price: float) -> list[Any]:
    """Every event's body until the last of both came, with pongs as they are asked for."""
    heard: list[Any] = []
    seq, price = 0, 0.0
    async with asyncio.timeout(30):
        while (seq, price) != (last_seq, last_price):
            text = str(await client.recv())
            if text == "2":
                await client.send("3")
            elif text.startswith("42"):
                body = json.loads(text[2:])[1]
                heard.append(body)
                seq, price = body.get("seq", seq), body.get("price", price)
    return heard


async def test_who_reads_slowly_gets_every_event_whole_and_in_order_and_the_latest_price(
    gateway: ServiceProcess, database_url: str, bus: EventBus
) -> None:
    prices, pages, page = 12, 8, 500
    async with (
        room_log_writer(database_url, bus) as writer,
        narrow_websocket(gateway) as client,
        room_client(gateway.url) as quick,
    ):
        await quick.ask("subscribe", {"symbol": "ETH/USDT", "timeframe": "1m"})
        for _ in range(pages):
            await writer.append(ROOM, page)
        await until(lambda: len(quick.numbers) == pages * page, seconds=30)
        for number in range(prices):
            tick = PriceTick(symbol="ETHUSDT", price=number + 1.0, timestamp=1, source="recording")
            await bus.publish(Channel.PRICES, tick)
            await until(lambda n=number: len(quick.got("price_update")) > n)  # type: ignore[misc] # mypy cannot infer it
        assert 'pictures_dropped_total{reason="replaced"} 0.0' not in metrics(gateway)
        heard = await hear_events(client, pages * page, float(prices))
        assert [body["seq"] for body in heard if "seq" in body] == list(range(1, pages * page + 1))
        assert [body["price"] for body in heard if "price" in body] == [float(prices)]


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
            way = "wire" if transports[-1] == "websocket" else "polling"
            assert f'sockets_connected{{transport="{way}"}} 1.0' in metrics(gateway)
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
