"""Who is connected and in which room, and every message that goes out: encoded once, counted."""

from collections.abc import Awaitable, Callable, Collection, Sequence
from typing import Any

import socketio
from starlette.types import ASGIApp

from api_gateway.audiences import Audiences
from api_gateway.engine_socket import CutOff, EngineSocket
from api_gateway.gateway_metrics import GatewayMetrics
from api_gateway.outbox import Delivery
from api_gateway.rooms import Rooms, price_room
from api_gateway.socket_door import SocketDoor
from api_gateway.socket_messages import Picture, RoomDelivery, open_candle, packet_of
from api_gateway.socket_server import SocketServer
from service_kit.room import Room

Handler = Callable[..., Awaitable[Any]]  # Any: events carry whatever a client sent

SOCKET_PATH = "/socket.io"


class Sockets:
    """Rooms are joined here and nowhere else, so the bookkeeping and the audiences agree.

    What is done here is done before anything else happens: only `drained` waits.
    """

    def __init__(self, rooms: Rooms, metrics: GatewayMetrics, most: int, route: str = "") -> None:
        self._rooms = rooms
        self._messages = metrics.messages
        self._metrics = metrics
        self._server = SocketServer(metrics, route)
        self._has_room = self._server.has_room_for(most)
        self._connected: dict[str, EngineSocket] = {}
        self._audiences = Audiences[EngineSocket]()
        metrics.watch_sockets(self._connected.values)
        metrics.rooms.set_function(rooms.count)

    def asgi_app(self) -> ASGIApp:
        app = socketio.ASGIApp(self._server, socketio_path=SOCKET_PATH)
        return SocketDoor(app, self._has_room, self._metrics)

    async def ready(self) -> str | None:
        """A readiness check: whether one more client would be let in."""
        return None if self._has_room() else "as many clients are connected as are let in"

    def on(self, event: str, handler: Handler) -> None:
        """`*` is every event that has no handler of its own."""
        self._server.on(event, handler)

    def connect(self, socket_id: str) -> None:
        socket = self._connected[socket_id] = self._server.socket(socket_id)
        socket.enter()

    def disconnect(self, socket_id: str) -> None:
        socket = self._connected.pop(socket_id, None)
        self._audiences.forget(socket_id)
        self._rooms.forget(socket_id)
        if socket is not None and not socket.closing:
            socket.expect_entry()  # it only left the namespace

    def join(self, socket_id: str, room: Room) -> None:
        """Count the socket to the room, and show it prices; it hears the room from `listen` on.

        Raises TooManyRoomsError.
        """
        self._rooms.join(socket_id, room)
        self._enter(price_room(room.symbol.compact), socket_id)

    def leave(self, socket_id: str, room: Room) -> None:
        self._rooms.leave(socket_id, room)
        self.mute(socket_id, room)
        if not self._rooms.watches(socket_id, room.symbol):
            self._audiences.leave(price_room(room.symbol.compact), socket_id)

    def listen(self, socket_id: str, room: Room) -> None:
        """What goes to the room from now on reaches the socket."""
        if self._rooms.has(socket_id, room):
            self._enter(room.name, socket_id)

    def mute(self, socket_id: str, room: Room) -> None:
        """What goes to the room from now on does not, nor does a picture of it that waits."""
        self._audiences.leave(room.name, socket_id)
        if socket_id in self._connected:
            self._connected[socket_id].outdate(open_candle(room))

    def listeners(self, room: Room) -> list[str]:
        return self._audiences.ids(room.name)

    def is_connected(self, socket_id: str) -> bool:
        socket = self._connected.get(socket_id)
        return socket is not None and not socket.closed

    async def drained(self, socket_id: str) -> None:
        """Return when its transport has taken what was sent, or it is gone."""
        for socket in self._only(socket_id):
            await socket.queue.drained()

    def greet(self, socket_id: str, event: str, payload: dict[str, Any]) -> None:
        """What is said once, to one socket, and is not dropped."""
        self._push(self._only(socket_id), event, Delivery(packet_of(event, payload)))

    def show(self, picture: Picture, to: str | None = None) -> None:
        """A picture, to one socket by its id, to an audience by its name, or to everybody."""
        if to is None:
            audience: Collection[EngineSocket] = self._connected.values()
        else:
            audience = self._only(to) or self._audiences.members(to)
        if audience:
            self._messages.labels(picture.key.event).inc(len(audience))
            delivery = Delivery(packet_of(picture.key.event, picture.payload))
            for socket in audience:
                if not socket.offer(delivery.frame):
                    socket.hold(picture.key, delivery)

    def outdate(self, room: Room) -> None:
        """Pictures of the room's open candle that still wait are older than what it was told."""
        for socket in self._audiences.members(room.name):
            socket.outdate(open_candle(room))

    def tell_room(self, room: Room, told: RoomDelivery) -> None:
        """An event that must not be missed."""
        self._push(self._audiences.members(room.name), told.event, told.delivery)

    def tell(self, socket_id: str, told: Sequence[RoomDelivery]) -> None:
        """Events that must not be missed, to one socket."""
        for one in told:
            self._push(self._only(socket_id), one.event, one.delivery)

    def cut_off(self, socket_id: str) -> None:
        """For a fault of ours: it may come back and resume."""
        for socket in self._only(socket_id):
            socket.cut_off(CutOff.FAULT)

    def _enter(self, audience: str, socket_id: str) -> None:
        if socket_id in self._connected:
            self._audiences.enter(audience, socket_id, self._connected[socket_id])

    def _only(self, socket_id: str) -> tuple[EngineSocket, ...]:
        socket = self._connected.get(socket_id)
        return () if socket is None else (socket,)

    def _push(
        self,
        audience: Collection[EngineSocket],
        event: str,
        delivery: Delivery,
    ) -> None:
        if audience:
            self._messages.labels(event).inc(len(audience))
            for socket in audience:
                if not socket.offer(delivery.frame):
                    socket.keep(delivery)
