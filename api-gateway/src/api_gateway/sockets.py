"""The Socket.IO server: who is connected, and every message that goes out, encoded once, counted.

What waits for a slow socket is bounded: it misses pictures, of which the latest wins, and is cut
off before it can miss anything else; it may then come back and resume.
"""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any, Final

import socketio
from engineio.exceptions import SocketIsClosedError
from engineio.packet import MESSAGE
from engineio.packet import Packet as EnginePacket
from starlette.types import ASGIApp

from api_gateway.gateway_metrics import GatewayMetrics
from api_gateway.polled_server import PolledServer
from api_gateway.rooms import Rooms, price_room
from api_gateway.socket_door import SocketDoor
from api_gateway.socket_messages import Payload, frame_of
from api_gateway.socket_packets import LARGEST_PACKET_BYTES, CheckedPacket
from service_kit.room import Room

Handler = Callable[..., Awaitable[Any]]  # Any: events carry whatever a client sent

SOCKET_PATH = "/socket.io"
NAMESPACE = "/"
MOST_BEFORE_PICTURES: Final = 200
"""Packets that may wait for a socket before pictures are not sent to it."""
MOST_WAITING: Final = 5_000
"""Packets that may wait for a socket at all."""


class Sockets:
    """Rooms are joined here and nowhere else, so the bookkeeping and the server agree."""

    def __init__(self, rooms: Rooms, metrics: GatewayMetrics) -> None:
        self._rooms = rooms
        self._messages = metrics.messages
        self._malformed = metrics.dropped
        self._cut = metrics.cut_off
        self._connected: set[str] = set()
        metrics.sockets.set_function(lambda: len(self._connected))
        metrics.rooms.set_function(rooms.count)
        self._server = PolledServer(
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
        """Count the socket to the room, and show it prices; it hears the room from `listen` on.

        Raises TooManyRoomsError.
        """
        self._rooms.join(socket_id, room)
        await self._server.enter_room(socket_id, price_room(room.symbol.compact))

    async def leave(self, socket_id: str, room: Room) -> None:
        self._rooms.leave(socket_id, room)
        await self.mute(socket_id, room)
        if not self._rooms.watches(socket_id, room.symbol):
            await self._server.leave_room(socket_id, price_room(room.symbol.compact))

    async def listen(self, socket_id: str, room: Room) -> None:
        """What goes to the room from now on reaches the socket; done without waiting."""
        if self._rooms.has(socket_id, room):
            await self._server.enter_room(socket_id, room.name)

    async def mute(self, socket_id: str, room: Room) -> None:
        """What goes to the room from now on does not; done without waiting."""
        await self._server.leave_room(socket_id, room.name)

    def listeners(self, room: Room) -> list[str]:
        return [socket_id for socket_id, _ in self._participants(room.name)]

    def waiting(self, socket_id: str) -> int | None:
        """Packets that its transport has not taken yet; None when it is gone."""
        sockets = self._participants(socket_id)
        return self._queued(sockets[0][1]) if sockets else None

    async def send(self, event: str, payload: Payload, to: str | None = None) -> None:
        """A picture, to a socket by its id, to a room by its name, or to everybody."""
        sockets = [
            one
            for one in self._participants(to)
            if (self._queued(one[1]) or 0) < MOST_BEFORE_PICTURES
        ]
        if sockets:
            await self._send_to(sockets, event, frame_of(event, payload))

    async def send_frame(self, event: str, frame: str, to: str) -> None:
        """An encoded packet that must not be missed, to a socket by its id or to a room."""
        sockets = self._participants(to)
        if sockets:
            await self._send_to(sockets, event, frame)
        for socket_id, engine_id in sockets:
            if (self._queued(engine_id) or 0) > MOST_WAITING:
                await self.cut_off(socket_id)

    async def cut_off(self, socket_id: str) -> None:
        """As if the network had failed, so that its client connects again by itself."""
        for _socket_id, engine_id in self._participants(socket_id):
            engine_socket = self._server.eio.sockets[engine_id]
            while not engine_socket.queue.empty():
                engine_socket.queue.get_nowait()
            engine_socket.queue.put_nowait(None)  # which ends its writer
            await engine_socket.close(wait=False, abort=True)
            self._cut.inc()

    def _participants(self, to: str | None) -> list[tuple[str, str]]:
        return list(self._server.manager.get_participants(NAMESPACE, to))

    def _queued(self, engine_id: str) -> int | None:
        engine_socket = self._server.eio.sockets.get(engine_id)
        is_gone = engine_socket is None or engine_socket.closed
        return None if is_gone else int(engine_socket.queue.qsize())

    async def _send_to(self, sockets: list[tuple[str, str]], event: str, frame: str) -> None:
        packet = EnginePacket(MESSAGE, frame)
        self._messages.labels(event).inc(len(sockets))
        for _socket_id, engine_id in sockets:
            with suppress(SocketIsClosedError):
                await self._server.eio.send_packet(engine_id, packet)
