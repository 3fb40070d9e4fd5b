"""A client that follows a room through every cut, and what it may then say that it heard."""

import asyncio
import random
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from socketio.exceptions import SocketIOError

from follower_connections import Connect, Connection
from service_kit.room import Room
from socket_client import SEQUENCED

Said = dict[tuple[str, int], int]
"""By epoch and number, what events of one room say."""


@dataclass
class RoomFollower:
    """Comes back whenever it is cut off, and resumes from the last number that it has."""

    url: str
    room: Room
    connect: Connect
    chance: random.Random
    said: Said
    """As the first of the room's followers heard it, who share it."""
    first: int | None = None
    epoch: str = ""
    heard: list[int] = field(default_factory=list)
    """Numbers as they came; -n is a snapshot at n."""
    resumed: int = 0
    refusals: list[str] = field(default_factory=list)
    different: list[int] = field(default_factory=list)
    """Numbers under which it heard something else than another follower did."""

    @property
    def last(self) -> int:
        return abs(self.heard[-1]) if self.heard else self.first or 0

    @property
    def snapshots(self) -> int:
        return sum(number < 0 for number in self.heard)

    @property
    def gap(self) -> tuple[int, int] | None:
        """The first two numbers that do not follow each other; a snapshot may follow anything."""
        pairs = pairwise([self.first or 0, *self.heard])
        return next(((a, b) for a, b in pairs if b >= 0 and b != abs(a) + 1), None)

    async def run(self) -> None:
        """For ever."""
        while True:
            with suppress(OSError, TimeoutError, SocketIOError):
                async with self.connect(self.url, self._hear) as connection:
                    await self._enter(connection)
                    await connection.end()
            await asyncio.sleep(self.chance.uniform(0.2, 0.8))

    async def _enter(self, connection: Connection) -> None:
        wish = {"symbol": self.room.symbol.slashed, "timeframe": self.room.timeframe.value}
        if self.first is None:
            ack = await connection.call("subscribe", wish)
            if ack["ok"] and ack["epoch"] is not None:
                self.first, self.epoch = ack["seq"], ack["epoch"]
                return
        else:
            place = {"epoch": self.epoch, "seq": self.last}
            ack = await connection.call("resume", {**wish, **place})
            if ack["ok"]:
                self.resumed += 1
                return
        self.refusals.append(str(ack))
        raise ConnectionError("it was refused, and tries again")

    def _hear(self, event: str, payload: dict[str, Any]) -> None:
        if event == "snapshot":
            self.epoch = payload["epoch"]
            self.heard.append(-payload["seq"])
        elif event in SEQUENCED and "seq" in payload:
            self.epoch, number = payload["epoch"], payload["seq"]
            self.heard.append(number)
            said = payload["number"]
            if self.said.setdefault((self.epoch, number), said) != said:
                self.different.append(number)
