"""A wire that keeps what is written to it and is as full as a test wants, and a socket on it."""

import asyncio
from typing import Any

from engineio.async_socket import AsyncSocket

from api_gateway.engine_socket import EngineSocket
from api_gateway.websocket_wire import EXTENSION


class FakeWire:
    def __init__(self) -> None:
        self.frames: list[bytes] = []
        self.is_full = False
        self.is_aborted = False
        self._stirred = asyncio.Event()

    @property
    def is_closed(self) -> bool:
        return self.is_aborted

    @property
    def waiting_bytes(self) -> int:
        return 0

    def offer(self, frame: bytes) -> bool:
        if self.is_full or self.is_aborted:
            return False
        self.frames.append(frame)
        return True

    async def until_writable(self) -> None:
        while self.is_full and not self.is_aborted:
            self._stirred.clear()
            await self._stirred.wait()

    def abort(self) -> None:
        self.is_aborted = True
        self._stirred.set()

    async def relieve(self) -> None:
        """Take frames again; return when what waited was written."""
        self.is_full = False
        self._stirred.set()
        await asyncio.sleep(0)
        await asyncio.sleep(0)


class Silence:
    """The ASGI side of a WebSocket whose client says nothing and whose server's words are kept."""

    def __init__(self) -> None:
        self.sent: list[dict[str, Any]] = []
        self.heard: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

    async def send(self, message: dict[str, Any]) -> None:
        self.sent.append(message)


def websocket_environ(wire: FakeWire | None, asgi: Silence) -> dict[str, Any]:
    """What engine.io makes of a request for a WebSocket."""
    return {
        "HTTP_CONNECTION": "Upgrade",
        "HTTP_UPGRADE": "websocket",
        "asgi.receive": asgi.heard.get,
        "asgi.send": asgi.send,
        "asgi.scope": {"extensions": {} if wire is None else {EXTENSION: wire}},
    }


def polled_socket(server: Any) -> EngineSocket:  # noqa: ANN401 - engineio ships no types
    """A socket of the engine's server whose client polls."""
    engine = AsyncSocket(server, server.generate_id())
    engine.__class__ = EngineSocket
    engine.connected = True
    server.sockets[engine.sid] = engine
    engine.begin()
    found: EngineSocket = engine
    return found


async def wired_socket(server: Any, wire: FakeWire) -> EngineSocket:  # noqa: ANN401 - as above
    """One that came as a WebSocket, with its writer at work."""
    engine = polled_socket(server)
    engine.connected = False
    environ = websocket_environ(wire, Silence())
    engine.session["reading"] = asyncio.create_task(engine.handle_get_request(environ))
    for _ in range(3):  # its reader begins, then its writer, which opens the wire
        await asyncio.sleep(0)
    return engine
