"""A Socket.IO client over a bare WebSocket, light enough for thousands in one process."""

import asyncio
import base64
import itertools
import json
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlsplit

from websocket_frames import CLOSE, PING, PONG, TEXT, FrameReader, client_frame

HearEvent = Callable[[str, Any], None]  # Any: an event's payload is JSON
PATIENCE_SECONDS = 30
HEAD_END = b"\r\n\r\n"


class LeanSocket(asyncio.Protocol):
    """Everything that it waits for raises ConnectionError once the connection is gone."""

    def __init__(self, host: str, hear: HearEvent) -> None:
        self._host = host
        self._hear = hear
        self._head: bytes | None = b""
        self._frames = FrameReader()
        self._numbers = itertools.count()
        self._answers: dict[int, asyncio.Future[Any]] = {}
        loop = asyncio.get_running_loop()
        self.welcomed: asyncio.Future[None] = loop.create_future()
        self.closed: asyncio.Future[None] = loop.create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        transport.write(upgrade_request(self._host))

    def data_received(self, data: bytes) -> None:
        if self._head is not None:
            self._head, found, data = (self._head + data).partition(HEAD_END)
            if not found:
                return
            if not self._head.startswith(b"HTTP/1.1 101"):
                self.transport.abort()
                return
            self._head = None
        for opcode, payload in self._frames.feed(data):
            self._take(opcode, payload)

    def connection_lost(self, _error: Exception | None) -> None:
        for waiting in (self.welcomed, *self._answers.values()):
            if not waiting.done():
                waiting.set_exception(ConnectionError("the connection is gone"))
                waiting.exception()  # nobody may be waiting
        self.closed.set_result(None)

    async def call(self, event: str, body: object) -> Any:  # noqa: ANN401 - an ack is JSON
        """The ack of an event. Raises TimeoutError when none comes."""
        number = next(self._numbers)
        answer = self._answers[number] = asyncio.get_running_loop().create_future()
        self.send(f"42{number}{json.dumps([event, body])}")
        try:
            return await asyncio.wait_for(answer, PATIENCE_SECONDS)
        finally:
            del self._answers[number]

    async def end(self) -> None:
        """Return when the connection has ended."""
        await asyncio.shield(self.closed)

    def send(self, packet: str) -> None:
        if self.closed.done():
            raise ConnectionError("the connection is gone")
        self.transport.write(client_frame(TEXT, packet.encode()))

    def _take(self, opcode: int, payload: bytes) -> None:
        if opcode == TEXT:
            self._take_packet(payload)
        elif opcode == PING:
            self.transport.write(client_frame(PONG, payload))
        elif opcode == CLOSE:
            self.transport.close()

    def _take_packet(self, packet: bytes) -> None:
        """Engine.IO's open, close and ping, and Socket.IO's connect, disconnect, event and ack."""
        if packet.startswith(b"42"):
            self._hear(*json.loads(packet[2:]))
        elif packet == b"2":
            self.send("3")
        elif packet.startswith(b"0"):
            self.send("40")
        elif packet.startswith(b"40"):
            self.welcomed.set_result(None)
        elif packet.startswith(b"43"):
            number, bracket, rest = packet[2:].partition(b"[")
            self._answer(int(number), json.loads(bracket + rest)[0])
        else:
            self.transport.close()

    def _answer(self, number: int, ack: object) -> None:
        waiting = self._answers.get(number)
        if waiting is not None and not waiting.done():
            waiting.set_result(ack)


def upgrade_request(host: str) -> bytes:
    key = base64.b64encode(os.urandom(16)).decode()
    return (
        "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\n"
        f"Host: {host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n\r\n"
    ).encode()


@asynccontextmanager
async def lean_socket(url: str, hear: HearEvent) -> AsyncIterator[LeanSocket]:
    """Raises OSError or TimeoutError when it cannot connect."""
    parts = urlsplit(url)
    assert parts.hostname
    assert parts.port
    _, socket = await asyncio.get_running_loop().create_connection(
        lambda: LeanSocket(parts.netloc, hear), parts.hostname, parts.port
    )
    try:
        await asyncio.wait_for(asyncio.shield(socket.welcomed), PATIENCE_SECONDS)
        yield socket
    finally:
        socket.transport.abort()
