"""A crowd of followers of a gateway's rooms, and whether the log agrees with what they heard."""

import asyncio
import json
import random
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Self

from follower_connections import Connect
from restarting_gateway import ROOMS
from room_follower import RoomFollower, Said
from service_kit.database import Database
from service_kit.room import Room
from service_kit.room_queries import room_events_after, room_log_state

MOST_EVENTS = 1_000_000
SETTLE_SECONDS = 120
LOOK_SECONDS = 0.1


@dataclass
class RoomFollowers:
    """`said` is what they heard of each room, `logged` and `heads` what the log says in the end."""

    everybody: list[RoomFollower]
    said: dict[Room, Said]
    logged: dict[Room, Said] = field(default_factory=dict)
    heads: dict[Room, int] = field(default_factory=dict)
    settled_seconds: float = 0.0
    """From the look at the log until the last follower had all of it."""

    @classmethod
    def of(cls, url: str, kinds: Sequence[Connect], chance: random.Random) -> Self:
        """A follower for each connection, in each room as many."""
        said: dict[Room, Said] = {room: {} for room in ROOMS}
        rooms = [ROOMS[number % len(ROOMS)] for number in range(len(kinds))]
        pairs = zip(rooms, kinds, strict=True)
        return cls(
            [RoomFollower(url, room, kind, chance, said[room]) for room, kind in pairs], said
        )

    @asynccontextmanager
    async def following(self) -> AsyncIterator[None]:
        running = [asyncio.create_task(one.run()) for one in self.everybody]
        try:
            yield
        finally:
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)

    async def begun(self) -> None:
        """Return when everybody was let into a room once. Raises TimeoutError."""
        await _until(lambda: all(one.first is not None for one in self.everybody))

    async def settle(self, database: Database) -> None:
        """Let everybody come to the end of the log; who does not is one of the faults."""
        began = time.monotonic()
        state = await room_log_state(database)
        self.heads = {room: state.heads[room.name] for room in ROOMS}
        with suppress(TimeoutError):
            await _until(lambda: all(one.last == self.heads[one.room] for one in self.everybody))
        self.settled_seconds = time.monotonic() - began
        for room in ROOMS:
            events = await room_events_after(database, {room.name: 0}, MOST_EVENTS)
            self.logged[room] = {
                (str(state.epoch), one.seq): json.loads(one.payload)["number"] for one in events
            }

    def faults(self) -> list[str]:
        """What one missed, had twice, out of order, or other than the log has it."""
        found = []
        for number, one in enumerate(self.everybody):
            name = f"client {number} in {one.room.name}"
            if one.gap is not None:
                found.append(f"{name}: {one.gap[1]} after {one.gap[0]}")
            if one.last != self.heads[one.room]:
                found.append(f"{name}: ends at {one.last} of {self.heads[one.room]}")
            if one.different:
                found.append(f"{name}: others heard otherwise at {one.different[:5]}")
        wrong = (room for room in ROOMS if not self.said[room].items() <= self.logged[room].items())
        found += [f"{room.name}: what was heard is not what the log says" for room in wrong]
        return found

    def summary(self) -> str:
        heard = sum(len(one.heard) for one in self.everybody)
        resumes = [one.resumed for one in self.everybody]
        snapshots = sum(one.snapshots for one in self.everybody)
        refusals = sum(len(one.refusals) for one in self.everybody)
        return (
            f"{len(self.everybody):,} clients in {len(ROOMS)} rooms: {sum(self.heads.values()):,}"
            f" events in the log, {heard:,} heard, {sum(resumes):,} resumes (at least"
            f" {min(resumes)} each), {snapshots:,} snapshots, {refusals:,} refusals\n"
            f"all had everything {self.settled_seconds:.1f} s after the last event;"
            f" faults: {len(self.faults())}"
        )


async def _until(holds: Callable[[], bool]) -> None:
    """Raises TimeoutError."""
    async with asyncio.timeout(SETTLE_SECONDS):
        while not holds():  # noqa: ASYNC110 - none of the many followers' events would tell
            await asyncio.sleep(LOOK_SECONDS)
