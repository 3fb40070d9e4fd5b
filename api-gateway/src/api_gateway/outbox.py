"""What waits for one client: events in order, and behind them the latest picture of each kind."""

import asyncio
from collections import deque
from typing import Final, NamedTuple

from engineio.packet import Packet as EnginePacket

from api_gateway.websocket_wire import text_frame, text_of

MOST_IN_A_POLL: Final = 16
"""engineio's own client drops an answer of more packets, and its connection with it."""


class PictureKey(NamedTuple):
    """Of the pictures with one key only the latest counts."""

    event: str
    subject: str
    """What it shows: a symbol, a room's name, or nothing."""


class Delivery:
    """An engine.io packet as the WebSocket frame that holds it: encoded once for all.

    To engine.io it is one of its own packets.
    """

    __slots__ = ("frame",)

    def __init__(self, text: str) -> None:
        self.frame = text_frame(text)

    @property
    def text(self) -> str:
        """For those who poll: few, so that it is not kept beside the frame."""
        return text_of(self.frame)

    def encode(self, *, b64: bool = False) -> str:
        del b64  # which is for bytes, and none are ever sent
        return self.text


class Outbox:
    """It also stands in for the queue of engine.io's sockets, which puts packets of its own in."""

    def __init__(self) -> None:
        self.is_empty = True
        self.is_ended = False
        """Nothing more is taken in."""
        self.waiting_bytes = 0
        self._events: deque[Delivery] = deque()
        self._pictures: dict[PictureKey, Delivery] = {}
        self._stirred = asyncio.Event()
        self._drained = asyncio.Event()
        self._drained.set()

    def __len__(self) -> int:
        return len(self._events) + len(self._pictures)

    async def put(self, packet: EnginePacket | None) -> None:
        """For engine.io, to which None is the end."""
        if packet is None:
            self.end()
        else:
            self.append(Delivery(packet.encode()))

    def append(self, delivery: Delivery) -> None:
        if not self.is_ended:
            self._events.append(delivery)
            self._grow(delivery)

    def hold(self, key: PictureKey, picture: Delivery) -> bool:
        """Keep a picture until there is room for it; whether it took another one's place."""
        if self.is_ended:
            return False
        is_newer = self.forget(key)
        self._pictures[key] = picture
        self._grow(picture)
        return is_newer

    def forget(self, key: PictureKey) -> bool:
        """Drop the picture that is held, if any: what it shows is no longer so."""
        picture = self._pictures.pop(key, None)
        if picture is not None:
            self._shrink(picture)
        return picture is not None

    def first(self) -> Delivery | None:
        """What goes next: pictures when no event waits."""
        if self._events:
            return self._events[0]
        return next(iter(self._pictures.values()), None)

    def drop_first(self) -> None:
        if self._events:
            self._shrink(self._events.popleft())
        elif self._pictures:
            self.forget(next(iter(self._pictures)))

    def take(self) -> list[Delivery]:
        """The next few, as many as the answer to a poll may hold."""
        taken: list[Delivery] = []
        while len(taken) < MOST_IN_A_POLL and (first := self.first()) is not None:
            self.drop_first()
            taken.append(first)
        return taken

    def clear(self) -> None:
        self._events.clear()
        self._pictures.clear()
        self.waiting_bytes = 0
        self._become_empty()

    def end(self) -> None:
        """What waits may still go, and nothing after it."""
        self.is_ended = True
        self._stirred.set()
        self._drained.set()

    async def stirred(self) -> None:
        """Return when something waits, or nothing ever will."""
        await self._stirred.wait()

    async def drained(self) -> None:
        """Return when nothing waits, or nothing more will go."""
        await self._drained.wait()

    def _grow(self, delivery: Delivery) -> None:
        self.waiting_bytes += len(delivery.frame)
        self.is_empty = False
        self._stirred.set()
        self._drained.clear()

    def _shrink(self, delivery: Delivery) -> None:
        self.waiting_bytes -= len(delivery.frame)
        if not self:
            self._become_empty()

    def _become_empty(self) -> None:
        self.is_empty = True
        self._drained.set()
        if not self.is_ended:
            self._stirred.clear()
