"""The log of rooms through a real gateway to real Socket.IO clients."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from api_gateway.room_pages import EVENTS_A_PAGE
from eth_cli.temporary_servers import temporary_valkey
from eth_cli.valkey_server import ValkeyServer
from gateway_alone import gateway_alone
from room_log_writer import RoomLogWriter, room_log_writer
from service_kit.database import driver_connection
from service_kit.event_bus import EventBus
from service_kit.redis_connection import create_redis
from service_kit.room import Room
from service_kit.room_event_store import prune_room_events
from service_kit.settings import RedisSettings
from service_process import ServiceProcess
from socket_client import room_client, until
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

pytestmark = pytest.mark.integration

ROOM = Room(Symbol("ETH", "USDT"), Timeframe.M1)
HOURLY = Room(Symbol("ETH", "USDT"), Timeframe.H1)
MINUTES = {"symbol": "ETH/USDT", "timeframe": "1m"}


@pytest.fixture
def gateway(database_url: str, redis_url: str, tmp_path: Path) -> Iterator[ServiceProcess]:
    with gateway_alone(database_url, redis_url, tmp_path) as service:
        yield service


@pytest.fixture
async def writer(database_url: str, redis_settings: RedisSettings) -> AsyncIterator[RoomLogWriter]:
    redis = create_redis(redis_settings)
    async with room_log_writer(database_url, EventBus(redis)) as writer:
        yield writer
    await redis.aclose()


async def test_each_event_comes_once_in_order_to_its_room_with_its_place_in_the_log(
    gateway: ServiceProcess, writer: RoomLogWriter
) -> None:
    async with room_client(gateway.url) as client, room_client(gateway.url) as other:
        ack = await client.ask("subscribe", MINUTES)
        await other.ask("subscribe", {"symbol": "ETHUSDT", "timeframe": "1h"})
        assert (ack["ok"], ack["room"], ack["seq"]) == (True, ROOM.name, 0)
        assert str(uuid.UUID(ack["epoch"])) == ack["epoch"]
        for _ in range(20):
            await writer.append(ROOM, 10)
        await writer.append(HOURLY)
        await until(lambda: len(client.numbers) >= 200 and other.numbers)
        assert client.numbers == list(range(1, 201))
        assert other.numbers == [1]
        first = client.got("new_signal")[0]
        place = {"epoch": ack["epoch"], "seq": 1}
        assert first == {**place, "symbol": "ETHUSDT", "timeframe": "1m", "number": 1}


async def test_an_ack_says_from_where_on_every_event_comes(
    gateway: ServiceProcess, writer: RoomLogWriter
) -> None:
    """Clients that subscribe, leave and come again while events are appended."""
    done = asyncio.Event()

    async def write() -> None:
        for _ in range(150):
            await writer.append(ROOM)
        done.set()

    async def come_and_go() -> None:
        async with room_client(gateway.url) as client:
            while not done.is_set():
                client.numbers.clear()
                ack = await client.ask("subscribe", MINUTES)
                await asyncio.sleep(0.02)
                await client.ask("unsubscribe", MINUTES)
                heard = list(client.numbers)
                first = ack["seq"] + 1
                assert heard == list(range(first, first + len(heard)))

    await asyncio.gather(write(), *(come_and_go() for _ in range(5)))


async def test_two_writers_of_one_room_at_once_keep_its_numbers_in_order(
    gateway: ServiceProcess, writer: RoomLogWriter, database_url: str
) -> None:
    async def write(one: RoomLogWriter) -> None:
        for _ in range(50):
            await one.append(ROOM, 2)

    async with room_client(gateway.url) as client, room_log_writer(database_url) as silent:
        await client.ask("subscribe", MINUTES)
        await asyncio.gather(write(writer), write(silent))
        await until(lambda: len(client.numbers) >= 200)
        assert client.numbers == list(range(1, 201))


async def test_who_comes_back_gets_what_it_missed_and_then_what_is_live(
    gateway: ServiceProcess, writer: RoomLogWriter
) -> None:
    async with room_client(gateway.url) as client:
        ack = await client.ask("subscribe", MINUTES)
        await writer.append(ROOM, 3)
        await until(lambda: client.numbers == [1, 2, 3])
    async with room_client(gateway.url) as watcher:
        await watcher.ask("subscribe", MINUTES)
        await writer.append(ROOM, 3 * EVENTS_A_PAGE)
        await until(lambda: len(watcher.numbers) == 3 * EVENTS_A_PAGE)
        async with room_client(gateway.url) as client:
            place = {"room": ROOM.name, "epoch": ack["epoch"], "seq": 3}
            resumed = await client.ask("resume", place)
            assert resumed == {"ok": True, **place, "missed": 3 * EVENTS_A_PAGE}
            for _ in range(20):
                await writer.append(ROOM)
            last = 3 + 3 * EVENTS_A_PAGE + 20
            await until(lambda: client.numbers[-1:] == [last])
            assert client.numbers == list(range(4, last + 1))
            assert watcher.numbers == client.numbers


async def test_a_killed_gateway_loses_nothing_that_a_client_can_resume(
    database_url: str, redis_url: str, writer: RoomLogWriter, tmp_path: Path
) -> None:
    with gateway_alone(database_url, redis_url, tmp_path) as gateway:
        async with room_client(gateway.url) as client:
            ack = await client.ask("subscribe", MINUTES)
            await writer.append(ROOM, 5)
            await until(lambda: len(client.numbers) == 5)
            gateway.kill()
    with gateway_alone(database_url, redis_url, tmp_path) as gateway:
        async with room_client(gateway.url) as client:
            place = {**MINUTES, "epoch": ack["epoch"], "seq": 3}
            assert (await client.ask("resume", place))["missed"] == 2
            await writer.append(ROOM)
            await until(lambda: client.numbers[-1:] == [6])
            assert client.numbers == [4, 5, 6]


async def test_what_the_log_cannot_tell_is_a_snapshot_marked_as_one(
    gateway: ServiceProcess,
    database_url: str,
    redis_url: str,
    writer: RoomLogWriter,
    tmp_path: Path,
) -> None:
    """By a gateway that was not there when it was told: one that was still remembers it."""
    await writer.append(ROOM, 10)
    async with room_client(gateway.url) as client:
        epoch = (await client.ask("subscribe", MINUTES))["epoch"]
        await until(lambda: client.socket.connected)
        await writer.append(ROOM)
        await until(lambda: client.numbers)
    await prune_room_events(writer.database, 0, 3)
    with gateway_alone(database_url, redis_url, tmp_path) as later:
        await _resume_what_is_gone(later, writer, epoch)


async def _resume_what_is_gone(gateway: ServiceProcess, writer: RoomLogWriter, epoch: str) -> None:
    places = {
        "unknown_epoch": {"epoch": str(uuid.uuid4()), "seq": 5},
        "too_old": {"epoch": epoch, "seq": 5},
        "ahead_of_log": {"epoch": epoch, "seq": 99},
    }
    number = 11
    for reason, place in places.items():
        async with room_client(gateway.url) as client:
            ack = await client.ask("resume", {"room": ROOM.name, **place})
            assert ack == {
                "ok": True, "room": ROOM.name, "epoch": epoch, "seq": number,
                "snapshot": True, "reason": reason,
            }  # fmt: skip
            await until(lambda client=client: client.got("snapshot"))  # type: ignore[misc] # mypy cannot infer it
            [snapshot] = client.got("snapshot")
            assert (snapshot["room"], snapshot["seq"], snapshot["reason"]) == (
                ROOM.name, number, reason,
            )  # fmt: skip
            assert snapshot["absent"] == ["signal", "indicators"]
            await writer.append(ROOM)
            number += 1
            await until(lambda client=client: len(client.numbers) == 2)  # type: ignore[misc] # as above
            assert client.numbers == [1 - number, number]


@pytest.mark.parametrize(
    "body",
    [
        None,
        {},
        {"room": "ETH/USDT_1m", "epoch": "x"},
        {"room": "ETH/USDT_1m", "epoch": "x", "seq": -1},
        {"room": "ETH/USDT_1m", "epoch": "x", "seq": 2**63},
        {"room": "DOGE/USDT_1m", "epoch": "x", "seq": 1},
        {"room": "\x00", "epoch": "x", "seq": 1},
        {"room": ["ETH/USDT_1m"], "epoch": {}, "seq": []},
    ],
)
async def test_a_wrong_wish_to_resume_is_refused_in_a_sentence(
    gateway: ServiceProcess, body: object
) -> None:
    async with room_client(gateway.url) as client:
        ack = await client.ask("resume", body)
        assert ack["ok"] is False
        assert isinstance(ack["error"], str)


async def test_without_redis_events_still_come(database_url: str, tmp_path: Path) -> None:
    with temporary_valkey() as mortal:
        await _deliver_while_redis_dies(mortal, database_url, tmp_path)


async def _deliver_while_redis_dies(valkey: ValkeyServer, database_url: str, folder: Path) -> None:
    with gateway_alone(database_url, valkey.redis_url, folder) as gateway:
        async with room_client(gateway.url) as client, room_log_writer(database_url) as writer:
            await client.ask("subscribe", MINUTES)
            valkey.kill()
            for _ in range(3):
                await writer.append(ROOM, 5)
                await asyncio.sleep(0.3)
            await until(lambda: len(client.numbers) == 15, seconds=5)
            assert client.numbers == list(range(1, 16))


async def test_a_database_that_cuts_us_off_delays_and_neither_loses_nor_doubles(
    gateway: ServiceProcess, writer: RoomLogWriter
) -> None:
    async with room_client(gateway.url) as client:
        await client.ask("subscribe", MINUTES)
        for _ in range(5):
            await writer.append(ROOM, 10)
            async with driver_connection(writer.database) as connection:
                await connection.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            await asyncio.sleep(0.2)
        await until(lambda: len(client.numbers) >= 50)
        assert client.numbers == list(range(1, 51))


async def test_a_new_log_is_shown_to_who_is_in_its_rooms(
    gateway: ServiceProcess, writer: RoomLogWriter
) -> None:
    async with room_client(gateway.url) as client:
        await client.ask("subscribe", MINUTES)
        await writer.append(ROOM, 2)
        await until(lambda: client.numbers == [1, 2])
        async with driver_connection(writer.database) as connection, connection.transaction():
            await connection.execute("TRUNCATE room_events, room_heads")
            await connection.execute("UPDATE room_log SET epoch = gen_random_uuid()")
        await until(lambda: client.got("snapshot"))
        assert client.got("snapshot")[0]["reason"] == "log_restarted"
        await writer.append(ROOM, 2)
        await until(lambda: len(client.numbers) == 5)
        assert client.numbers == [1, 2, 0, 1, 2]


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
