"""What happens when a client connects, subscribes, resumes, unsubscribes or leaves.

The `seq` of an ack: every event of the room with a higher one reaches the socket, in order, once.
"""

from collections.abc import Collection
from typing import Any

from api_gateway.find_latest import FindLatest
from api_gateway.resume_rooms import ResumeRooms
from api_gateway.room_log import RoomPositions
from api_gateway.rooms import TooManyRoomsError
from api_gateway.socket_events import InvalidEventError, read_place, read_room
from api_gateway.socket_messages import Picture, candle_update, feed_state, price_update
from api_gateway.sockets import Sockets
from service_kit.clock import Clock
from service_kit.errors import StoreUnavailableError
from service_kit.room import Room
from trading_core.symbol import Symbol

Ack = dict[str, Any]  # Any: JSON


class HandleEvents:
    def __init__(
        self,
        sockets: Sockets,
        latest: FindLatest,
        positions: RoomPositions,
        resumes: ResumeRooms,
        clock: Clock,
        symbols: Collection[Symbol],
    ) -> None:
        self._sockets = sockets
        self._latest = latest
        self._positions = positions
        self._resumes = resumes
        self._clock = clock
        self._symbols = symbols

    def attach(self) -> None:
        self._sockets.on("connect", self.connect)
        self._sockets.on("disconnect", self.disconnect)
        self._sockets.on("subscribe", self.subscribe)
        self._sockets.on("unsubscribe", self.unsubscribe)
        self._sockets.on("resume", self.resume)
        self._sockets.on("*", self.refuse)

    async def connect(self, socket_id: str, _environ: object, _auth: object = None) -> None:
        self._sockets.connect(socket_id)
        self._sockets.greet(socket_id, "connected", _welcome(self._clock.now_ms()))

    async def disconnect(self, socket_id: str, _reason: object = None) -> None:
        self._resumes.forget(socket_id)
        self._sockets.disconnect(socket_id)

    async def subscribe(self, socket_id: str, *arguments: object) -> Ack:
        """Show at once what there is; what follows comes after the ack."""
        try:
            room = read_room(arguments, self._symbols)
            self._sockets.join(socket_id, room)
        except (InvalidEventError, TooManyRoomsError) as error:
            return {"ok": False, "error": str(error)}
        for picture in await self._greeting(room):
            self._sockets.show(picture, to=socket_id)
        await self._positions.is_known()
        self._resumes.stop(socket_id, room)
        # From here to the ack nothing waits: no event can slip in between.
        self._sockets.listen(socket_id, room)
        epoch = self._positions.epoch
        seq = None if epoch is None else self._positions.told(room)
        return {"ok": True, "room": room.name, "epoch": epoch, "seq": seq}

    async def resume(self, socket_id: str, *arguments: object) -> Ack:
        """What was missed follows the ack, or a snapshot."""
        try:
            place = read_place(arguments, self._symbols)
            start = await self._resumes.start_at(place)
            self._sockets.join(socket_id, place.room)
        except (InvalidEventError, TooManyRoomsError, StoreUnavailableError) as error:
            return {"ok": False, "error": str(error)}
        self._resumes.begin(socket_id, place.room, start)
        ack = {"ok": True, "room": place.room.name, "epoch": start.epoch, "seq": start.seq}
        if start.reason is not None:
            return {**ack, "snapshot": True, "reason": start.reason.value}
        return {**ack, "missed": start.missed}

    async def unsubscribe(self, socket_id: str, *arguments: object) -> Ack:
        try:
            room = read_room(arguments, self._symbols)
        except InvalidEventError as error:
            return {"ok": False, "error": str(error)}
        self._resumes.stop(socket_id, room)
        self._sockets.leave(socket_id, room)
        return {"ok": True, "room": room.name}

    async def refuse(self, event: str, _socket_id: str, *_arguments: object) -> Ack:
        return {"ok": False, "error": f"there is no event {event[:40]!r}"}

    async def _greeting(self, room: Room) -> list[Picture]:
        greeting = [feed_state(await self._latest.feed())]
        candle = await self._latest.candle(room)
        if candle is not None and not candle.closed:
            greeting.append(candle_update(candle))
        price = await self._latest.price(room.symbol)
        if price is not None:
            greeting.append(price_update(price))
        return greeting


def _welcome(event_ms: int) -> dict[str, Any]:  # Any: JSON
    return {"message": "Connected to the ETH Trading Platform", "timestamp": event_ms}
