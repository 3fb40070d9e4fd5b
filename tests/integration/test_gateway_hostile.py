"""Clients that read nothing, say too much or never finish are ended, and cost others nothing."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress

import httpx
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from api_gateway.engine_socket import HANDSHAKE_SECONDS, MESSAGES_AT_ONCE
from eth_cli.valkey_server import ValkeyServer
from gateway_alone import gateway_alone
from service_kit.patient_http import HEADER_SECONDS
from service_process import ServiceProcess
from socket_client import room_client, until

pytestmark = pytest.mark.integration

GRACE_SECONDS = 20
"""A busy machine looks at its timers late."""


@pytest.fixture(scope="module")
def gateway(
    valkey: ValkeyServer, module_database_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ServiceProcess]:
    folder = tmp_path_factory.mktemp("gateway")
    with gateway_alone(module_database_url, valkey.redis_url, folder, MAX_SOCKETS="20") as service:
        yield service


def port(gateway: ServiceProcess) -> int:
    return int(gateway.url.rpartition(":")[2])


def websocket(gateway: ServiceProcess) -> connect:
    url = gateway.url.replace("http", "ws", 1) + "/socket.io/?EIO=4&transport=websocket"
    return connect(url, compression="deflate", ping_interval=None)


async def metric(gateway: ServiceProcess, line: str) -> float:
    async with httpx.AsyncClient() as client:
        text = (await client.get(gateway.url + "/metrics")).text
    found = [row for row in text.splitlines() if row.startswith(line + " ")]
    return float(found[0].rpartition(" ")[2]) if found else 0.0


async def hear_to_the_end(socket: ClientConnection) -> list[str]:
    heard: list[str] = []
    with suppress(ConnectionClosed):
        async for message in socket:
            heard.append(str(message))  # noqa: PERF401 - what came is kept when it breaks off
    return heard


@asynccontextmanager
async def raw_connection(
    gateway: ServiceProcess, said: bytes
) -> AsyncIterator[asyncio.StreamReader]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port(gateway))
    writer.write(said)
    try:
        yield reader
    finally:
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()


async def seconds_until_ended(gateway: ServiceProcess, said: bytes) -> float:
    began = time.monotonic()
    async with raw_connection(gateway, said) as reader:
        with suppress(ConnectionError):
            async with asyncio.timeout(HEADER_SECONDS + GRACE_SECONDS):
                await reader.read()
    return time.monotonic() - began


async def test_who_says_nothing_or_never_ends_its_headers_is_ended(gateway: ServiceProcess) -> None:
    beginnings = [b"", b"G", b"GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: a"]
    async with room_client(gateway.url) as other:
        ended = await asyncio.gather(
            *(seconds_until_ended(gateway, said) for said in beginnings for _ in range(70))
        )
        assert min(ended) >= HEADER_SECONDS - 1
        assert (await other.ask("subscribe"))["ok"]


async def test_who_opens_a_socket_and_never_enters_is_ended(gateway: ServiceProcess) -> None:
    before = await metric(gateway, 'sockets_cut_off_total{reason="handshake"}')
    async with websocket(gateway) as socket, httpx.AsyncClient() as polling:
        await polling.get(gateway.url + "/socket.io/?EIO=4&transport=polling")
        async with asyncio.timeout(HANDSHAKE_SECONDS + GRACE_SECONDS):
            assert (await hear_to_the_end(socket))[0].startswith("0{")
        deadline = time.monotonic() + GRACE_SECONDS
        while await metric(gateway, 'sockets_cut_off_total{reason="handshake"}') < before + 2:
            assert time.monotonic() < deadline
            await asyncio.sleep(0.2)


async def test_who_says_too_much_is_told_so_and_then_cut_off(gateway: ServiceProcess) -> None:
    async with websocket(gateway) as socket, room_client(gateway.url) as other:
        assert "Sec-WebSocket-Extensions" not in socket.response.headers  # type: ignore[union-attr] # it has come
        await socket.send("40")
        with suppress(ConnectionClosed):
            for number in range(1_000):
                await socket.send(f'42{number}["subscribe",{{"timeframe":"1m"}}]')
        heard = await hear_to_the_end(socket)
        acks = [one for one in heard if one.startswith("43")]
        assert sum('"ok":true' in one for one in acks) >= MESSAGES_AT_ONCE - 5
        assert "a socket may send 20 messages a second" in acks[-1]
        assert (await other.ask("subscribe"))["ok"]
    assert await metric(gateway, 'sockets_cut_off_total{reason="flooding"}') == 1
    assert await metric(gateway, 'refused_requests_total{reason="too_many_messages"}') > 0


async def test_a_body_of_too_many_packets_or_too_many_bytes_is_refused(
    gateway: ServiceProcess,
) -> None:
    async with httpx.AsyncClient() as client:
        opened = (await client.get(gateway.url + "/socket.io/?EIO=4&transport=polling")).text
        sid = opened.partition('"sid":"')[2].partition('"')[0]
        url = gateway.url + f"/socket.io/?EIO=4&transport=polling&sid={sid}"
        assert (await client.post(url, content="40")).status_code == 200
        assert (await client.post(url, content="\x1e".join(["3"] * 65))).status_code == 400
        assert (await client.post(url, content='42["x","' + "y" * 70_000 + '"]')).status_code == 413
        many = "\x1e".join(f'42{n}["subscribe",{{"timeframe":"1m"}}]' for n in range(50))
        assert (await client.post(url, content=many)).status_code == 200


async def test_one_client_too_many_is_refused_in_a_sentence_until_another_goes(
    gateway: ServiceProcess,
) -> None:
    url = gateway.url + "/socket.io/?EIO=4&transport=polling"
    async with httpx.AsyncClient() as client:
        answers = [await client.get(url) for _ in range(30)]
        answer = answers[-1]
        assert answer.status_code == 503
        assert answer.json()["error"]["message"] == "there are too many clients: try again later"
        with pytest.raises(InvalidStatus) as refused:
            await websocket(gateway)
        assert refused.value.response.status_code == 503
        async with asyncio.timeout(HANDSHAKE_SECONDS + GRACE_SECONDS):
            while (await client.get(url)).status_code != 200:  # noqa: ASYNC110 - polled
                await asyncio.sleep(0.5)


async def test_who_reads_nothing_is_cut_off_within_half_a_minute(gateway: ServiceProcess) -> None:
    """Its kernel takes everything for it: only that it answers no ping tells."""
    before = await metric(gateway, 'sockets_cut_off_total{reason="silent"}')
    async with room_client(gateway.url) as other:
        reader, writer = await asyncio.open_connection("127.0.0.1", port(gateway))
        writer.write(
            b"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            b"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        )
        await reader.readuntil(b"}")
        writer.write(bytes((0x81, 0x82, 0, 0, 0, 0)) + b"40")
        reader._transport.pause_reading()  # type: ignore[attr-defined] # nothing else stops it
        began = time.monotonic()
        while await metric(gateway, 'sockets_cut_off_total{reason="silent"}') == before:
            assert time.monotonic() - began < 30
            await asyncio.sleep(0.5)
        writer.close()
        assert (await other.ask("subscribe"))["ok"]
        await until(lambda: other.got("feed_state"))
