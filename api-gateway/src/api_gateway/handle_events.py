"""What happens when a client connects, subscribes, unsubscribes or leaves."""

from collections.abc import Collection
from typing import Any

from api_gateway.find_latest import FindLatest
from api_gateway.rooms import TooManyRoomsError
from api_gateway.socket_events import InvalidEventError, read_room
from api_gateway.socket_messages import candle_update, connected, feed_state, price_update
from api_gateway.sockets import Sockets
from service_kit.clock import Clock
from service_kit.room import Room
from trading_core.symbol import Symbol

Ack = dict[str, Any]  # Any: JSON


class HandleEvents:
    def __init__(
        self,
        sockets: Sockets,
        latest: FindLatest,
        clock: Clock,
        symbols: Collection[Symbol],
    ) -> None:
        self._sockets = sockets
        self._latest = latest
        self._clock = clock
        self._symbols = symbols

    def attach(self) -> None:
        self._sockets.on("connect", self.connect)
        self._sockets.on("disconnect", self.disconnect)
        self._sockets.on("subscribe", self.subscribe)
        self._sockets.on("unsubscribe", self.unsubscribe)
        self._sockets.on("*", self.refuse)

    async def connect(self, socket_id: str, _environ: object, _auth: object = None) -> None:
        self._sockets.connect(socket_id)
        await self._sockets.send(*connected(self._clock.now_ms()), to=socket_id)

    async def disconnect(self, socket_id: str, _reason: object = None) -> None:
        self._sockets.disconnect(socket_id)

    async def subscribe(self, socket_id: str, *arguments: object) -> Ack:
        try:
            room = read_room(arguments, self._symbols)
            await self._sockets.join(socket_id, room)
        except (InvalidEventError, TooManyRoomsError) as error:
            return {"ok": False, "error": str(error)}
        await self._greet(socket_id, room)
        return {"ok": True, "room": room.name}

    async def unsubscribe(self, socket_id: str, *arguments: object) -> Ack:
        try:
            room = read_room(arguments, self._symbols)
        except InvalidEventError as error:
            return {"ok": False, "error": str(error)}
        await self._sockets.leave(socket_id, room)
        return {"ok": True, "room": room.name}

    async def refuse(self, event: str, _socket_id: str, *_arguments: object) -> Ack:
        return {"ok": False, "error": f"there is no event {event[:40]!r}"}

    async def _greet(self, socket_id: str, room: Room) -> None:
        """Show at once what there is; updates follow."""
        await self._sockets.send(*feed_state(await self._latest.feed()), to=socket_id)
        candle = await self._latest.candle(room)
        if candle is not None:
            await self._sockets.send(*candle_update(candle), to=socket_id)
        price = await self._latest.price(room.symbol)
        if price is not None:
            await self._sockets.send(*price_update(price), to=socket_id)
