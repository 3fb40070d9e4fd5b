"""A WebSocket connection to which whole frames may be written past ASGI.

A frame that a thousand sockets get is encoded once. Through ASGI each of them would still pay for
a task, a queue, an event and another encoding.
"""

import asyncio
import socket
from contextlib import suppress
from typing import Any, Final, Protocol

from starlette.types import Scope
from uvicorn._types import ASGISendEvent
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame, Opcode
from websockets.http11 import Request

EXTENSION: Final = "api_gateway.wire"
"""Among the `extensions` of a WebSocket's scope, where the server hands the wire out."""
UNSENT_BYTES: Final = 64 * 1024
"""What the kernel may hold that was not sent yet: what waits there cannot be replaced by newer."""
_HEADER_BYTES: Final = {126: 4, 127: 10}
"""By the marks of a longer payload, in the place of its length (RFC 6455, 5.2); else it is 2."""
_TOUCHED: Final = ("transport", "writable", "scope")
"""What of uvicorn's protocol is used here; where one is missing, no wire is handed out."""


class Wire(Protocol):
    @property
    def is_closed(self) -> bool:
        """No frame will ever be taken again."""

    @property
    def waiting_bytes(self) -> int:
        """Taken, and not yet with the kernel."""

    def offer(self, frame: bytes) -> bool:
        """Write a whole frame, if the buffer is not full and the connection open; whether it is."""

    async def until_writable(self) -> None:
        """Return when a frame would be taken, or the connection has ended."""

    def abort(self) -> None:
        """End the connection at once, as if the network had failed."""


def text_frame(text: str) -> bytes:
    """A whole message as a server sends it: in one frame, unmasked, not compressed."""
    return Frame(Opcode.TEXT, text.encode()).serialize(mask=False)


def text_of(frame: bytes) -> str:
    """What `text_frame` was given."""
    return frame[_HEADER_BYTES.get(frame[1], 2) :].decode()


def wire_of(scope: Scope) -> Wire | None:
    """None where another server, or a newer one, hands none out."""
    wire: Wire | None = scope.get("extensions", {}).get(EXTENSION)
    return wire


class WiredProtocol(WebSocketsSansIOProtocol):
    """Uvicorn's WebSocket protocol, which also hands its wire out.

    Uvicorn and the library beneath write whole frames, each in one call, so that a frame of ours
    never lands inside of one of theirs.
    """

    _wire: "ProtocolWire | None" = None

    def handle_connect(self, event: Request) -> None:
        super().handle_connect(event)
        if all(hasattr(self, name) for name in _TOUCHED):
            _limit_unsent(self.transport)
            self._wire = ProtocolWire(self.transport, self.writable)
            extensions: dict[str, Any] = self.scope["extensions"]  # Any: ASGI's own
            extensions[EXTENSION] = self._wire

    def pause_writing(self) -> None:
        if self._wire is not None:
            self._wire.is_paused = True
        super().pause_writing()

    def resume_writing(self) -> None:
        if self._wire is not None:
            self._wire.is_paused = False
        super().resume_writing()

    async def send(self, message: ASGISendEvent) -> None:
        if self._wire is not None and message["type"] == "websocket.close":
            self._wire.is_finished = True  # no frame follows the one that closes
        await super().send(message)


class ProtocolWire:
    """What a delivery looks at is here and in the transport: looking further costs more than it."""

    __slots__ = ("_transport", "_writable", "is_finished", "is_paused")

    def __init__(self, transport: asyncio.Transport, writable: asyncio.Event) -> None:
        self._transport = transport
        self._writable = writable
        self.is_paused = False
        self.is_finished = False

    @property
    def is_closed(self) -> bool:
        return self.is_finished or self._transport.is_closing()

    @property
    def waiting_bytes(self) -> int:
        return 0 if self.is_closed else self._transport.get_write_buffer_size()

    def offer(self, frame: bytes) -> bool:
        transport = self._transport
        if self.is_paused or self.is_finished or transport.is_closing():
            return False
        transport.write(frame)
        return True

    async def until_writable(self) -> None:
        await self._writable.wait()

    def abort(self) -> None:
        self._transport.abort()


def _limit_unsent(transport: asyncio.Transport) -> None:
    option = getattr(socket, "TCP_NOTSENT_LOWAT", None)
    connection = transport.get_extra_info("socket")
    if option is not None and connection is not None:
        with suppress(OSError):
            connection.setsockopt(socket.IPPROTO_TCP, option, UNSENT_BYTES)
