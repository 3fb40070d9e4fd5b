"""A log of rooms in memory, and sockets that keep what they are sent."""

import asyncio
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from api_gateway.room_log import RoomPositions
from api_gateway.socket_messages import RoomDelivery
from service_kit.errors import StoreUnavailableError
from service_kit.room import Room
from service_kit.room_queries import RoomEvent, RoomLogState
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

ETH = Symbol("ETH", "USDT")
ROOM = Room(ETH, Timeframe.M1)
OTHER = Room(ETH, Timeframe.M5)
EPOCH = UUID(int=1)


class FakeRoomLog:
    def __init__(self) -> None:
        self.epoch = EPOCH
        self.is_away = False
        self.heads: Counter[str] = Counter()
        self.events: list[RoomEvent] = []
        self.reads = 0

    def append(self, count: int = 1, room: Room = ROOM) -> None:
        name = room.name
        first = self.heads[name] + 1
        self.heads[name] += count
        self.events += [
            RoomEvent(name, seq, "new_signal", f'{{"number":{seq}}}')
            for seq in range(first, first + count)
        ]

    def prune(self, up_to: int, room: Room = ROOM) -> None:
        self.events = [e for e in self.events if e.room != room.name or e.seq > up_to]

    def restart(self) -> None:
        self.epoch, self.heads, self.events = UUID(int=2), Counter(), []

    async def state(self) -> RoomLogState:
        self._check()
        return RoomLogState(self.epoch, dict(self.heads))

    async def events_after(self, seen: Mapping[str, int], limit: int) -> list[RoomEvent]:
        self._check()
        self.reads += 1
        newer = [e for e in self.events if e.seq > seen.get(e.room, 2**60)]
        return sorted(newer, key=lambda event: (event.room, event.seq))[:limit]

    def _check(self) -> None:
        if self.is_away:
            raise StoreUnavailableError("the database cannot be reached")


class FakeSockets:
    """Rooms by name; `sent` by socket: each event's name and payload."""

    def __init__(self) -> None:
        self.rooms: dict[str, set[str]] = {}
        self.sent: dict[str, list[tuple[str, dict[str, Any]]]] = {}
        self.connected = {"a", "b"}
        self.slow: set[str] = set()
        """Who takes nothing of what it is told, until `take`."""
        self._has_to_take: set[str] = set()

    def tell_room(self, room: Room, told: RoomDelivery) -> None:
        for socket_id in self.listeners(room):
            self._keep(socket_id, told)

    def tell(self, socket_id: str, told: Sequence[RoomDelivery]) -> None:
        if socket_id in self.connected:
            for one in told:
                self._keep(socket_id, one)
            self._has_to_take |= self.slow & {socket_id}

    def take(self, socket_id: str) -> None:
        """It takes all from now on."""
        self.slow.discard(socket_id)
        self._has_to_take.discard(socket_id)

    def listen(self, socket_id: str, room: Room) -> None:
        self.rooms.setdefault(room.name, set()).add(socket_id)

    def mute(self, socket_id: str, room: Room) -> None:
        self.rooms.setdefault(room.name, set()).discard(socket_id)

    def listeners(self, room: Room) -> list[str]:
        return sorted(self.rooms.get(room.name, ()))

    def is_connected(self, socket_id: str) -> bool:
        return socket_id in self.connected

    async def drained(self, socket_id: str) -> None:
        while self.is_connected(socket_id) and socket_id in self._has_to_take:  # noqa: ASYNC110 - polled
            await asyncio.sleep(0.001)

    def cut_off(self, socket_id: str) -> None:
        self.connected.discard(socket_id)

    def numbers(self, socket_id: str) -> list[int]:
        """The numbers of the events that a socket got; a snapshot's number is negative."""
        return [
            -payload["seq"] if event == "snapshot" else payload["seq"]
            for event, payload in self.sent.get(socket_id, [])
        ]

    def _keep(self, socket_id: str, told: RoomDelivery) -> None:
        name, payload = json.loads(told.delivery.text.removeprefix("42"))
        assert name == told.event
        self.sent.setdefault(socket_id, []).append((name, payload))


class FakeSnapshots:
    def __init__(self) -> None:
        self.made = 0

    async def of(self, room: Room, epoch: str, seq: int) -> dict[str, Any]:
        self.made += 1
        return {"room": room.name, "epoch": epoch, "seq": seq, "signal": None}


def positions() -> RoomPositions:
    return RoomPositions((ROOM, OTHER))
