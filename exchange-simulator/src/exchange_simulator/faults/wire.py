"""The server's own protocols, with the wire of every connection in its scope."""

import asyncio
from typing import Any, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.http11 import Request

from exchange_simulator.faults.connections import WIRE


class FrozenTransport:
    """Stands before a transport and does nothing that is asked of it; holding it keeps it open."""

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport

    def write(self, data: bytes) -> None:
        """Loses the data."""

    def close(self) -> None:
        """Stays open."""

    def abort(self) -> None:
        """Stays open."""

    def pause_reading(self) -> None:
        """Is paused already."""

    def resume_reading(self) -> None:
        """Stays paused."""

    def is_closing(self) -> bool:
        return False


class CuttableHttp(HttpToolsProtocol):
    """An HTTP connection that can be cut."""

    def on_message_begin(self) -> None:
        super().on_message_begin()
        cast("dict[str, Any]", self.scope)["extensions"] = {WIRE: self}  # Any: an ASGI scope

    def abort(self) -> None:
        self.transport.abort()


class CuttableWebSocket(WebSocketsSansIOProtocol):
    """A WebSocket connection that can be cut, or left half open."""

    def handle_connect(self, event: Request) -> None:
        super().handle_connect(event)
        if self.handshake_initiated and hasattr(self, "scope"):
            cast("dict[str, Any]", self.scope)["extensions"][WIRE] = self  # Any: an ASGI scope

    def abort(self) -> None:
        self.transport.abort()

    def freeze(self) -> None:
        self.stop_keepalive()
        self.transport.pause_reading()
        self.transport = cast("asyncio.Transport", FrozenTransport(self.transport))
