"""The two kinds of connection by which a `RoomFollower` follows."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, Protocol

import aiohttp
import socketio

from lean_socket import PATIENCE_SECONDS, HearEvent, lean_socket


class Connection(Protocol):
    """Both raise OSError, TimeoutError or SocketIOError when the connection is gone."""

    async def call(self, event: str, body: object) -> Any: ...  # noqa: ANN401 - an ack is JSON
    async def end(self) -> None:
        """Return when the connection has ended."""


Connect = Callable[[str, HearEvent], AbstractAsyncContextManager[Connection]]


@asynccontextmanager
async def lean(url: str, hear: HearEvent) -> AsyncIterator[Connection]:
    """For the many."""
    async with lean_socket(url, hear) as socket:
        yield socket


class _Usual:
    def __init__(self, socket: Any) -> None:  # noqa: ANN401 - socketio ships no types
        self._socket = socket

    async def call(self, event: str, body: object) -> Any:  # noqa: ANN401 - an ack is JSON
        return await self._socket.call(event, body, timeout=PATIENCE_SECONDS)

    async def end(self) -> None:
        await self._socket.wait()


@asynccontextmanager
async def usual(url: str, hear: HearEvent) -> AsyncIterator[Connection]:
    """python-socketio's own client, over a WebSocket."""
    async with _connected(url, hear, "websocket") as connection:
        yield connection


@asynccontextmanager
async def polling(url: str, hear: HearEvent) -> AsyncIterator[Connection]:
    """The same, over HTTP alone."""
    async with _connected(url, hear, "polling") as connection:
        yield connection


@asynccontextmanager
async def _connected(url: str, hear: HearEvent, transport: str) -> AsyncIterator[Connection]:
    async with aiohttp.ClientSession() as session:  # one of its own it would not always close
        socket = socketio.AsyncClient(reconnection=False, http_session=session)
        socket.on("*", hear)
        try:
            await socket.connect(url, transports=[transport])
            yield _Usual(socket)
        finally:
            await socket.disconnect()
