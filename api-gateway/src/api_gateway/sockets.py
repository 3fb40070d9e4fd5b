"""The Socket.IO server: who is connected, and every message that goes out, counted."""

from collections.abc import Awaitable, Callable
from typing import Any

import socketio
from starlette.types import ASGIApp

from api_gateway.gateway_metrics import GatewayMetrics
from api_gateway.rooms import Rooms, price_room
from api_gateway.socket_door import SocketDoor
from api_gateway.socket_messages import Payload
from api_gateway.socket_packets import LARGEST_PACKET_BYTES, CheckedPacket
from service_kit.room import Room

Handler = Callable[..., Awaitable[Any]]  # Any: events carry whatever a client sent

SOCKET_PATH = "/socket.io"
NAMESPACE = "/"


class Sockets:
    """Rooms are joined here and nowhere else, so the bookkeeping and the server agree."""

    def __init__(self, rooms: Rooms, metrics: GatewayMetrics) -> None:
        self._rooms = rooms
        self._messages = metrics.messages
        self._malformed = metrics.dropped
        self._connected: set[str] = set()
        metrics.sockets.set_function(lambda: len(self._connected))
        metrics.rooms.set_function(rooms.count)
        self._server = socketio.AsyncServer(
            async_mode="asgi",
            # Off on purpose: `GuardOrigin` stands before the socket, with the rules of all routes.
            cors_allowed_origins=[],
            serializer=CheckedPacket,
            max_http_buffer_size=LARGEST_PACKET_BYTES,
            http_compression=False,
            # One event of a client's after the other: an unsubscribe never overtakes a subscribe.
            async_handlers=False,
            # `connected` is sent by the connect handler, after the connection is accepted.
            always_connect=True,
        )

    def asgi_app(self) -> ASGIApp:
        app = socketio.ASGIApp(self._server, socketio_path=SOCKET_PATH)
        return SocketDoor(app, self._malformed)

    def on(self, event: str, handler: Handler) -> None:
        """`*` is every event that has no handler of its own."""
        self._server.on(event, handler)

    async def close(self) -> None:
        await self._server.shutdown()

    def connect(self, socket_id: str) -> None:
        self._connected.add(socket_id)

    def disconnect(self, socket_id: str) -> None:
        self._connected.discard(socket_id)
        self._rooms.forget(socket_id)

    async def join(self, socket_id: str, room: Room) -> None:
        """Raises TooManyRoomsError."""
        self._rooms.join(socket_id, room)
        await self._server.enter_room(socket_id, room.name)
        await self._server.enter_room(socket_id, price_room(room.symbol.compact))

    async def leave(self, socket_id: str, room: Room) -> None:
        self._rooms.leave(socket_id, room)
        await self._server.leave_room(socket_id, room.name)
        if not self._rooms.watches(socket_id, room.symbol):
            await self._server.leave_room(socket_id, price_room(room.symbol.compact))

    async def send(self, event: str, payload: Payload, to: str | None = None) -> None:
        """To a socket by its id, to a room by its name, or to everybody; encoded once."""
        count = sum(1 for _ in self._server.manager.get_participants(NAMESPACE, to))
        if count:
            self._messages.labels(event).inc(count)
            await self._server.emit(event, payload, to=to)
