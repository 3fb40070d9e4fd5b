"""A gateway that is killed again and again under its clients, while the log of rooms grows."""

import asyncio
import json
import random
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import SecretStr

from eth_cli.free_port import is_free
from follower_connections import lean, polling, usual
from kill_outcome import KillOutcome
from room_follower import RoomFollower, Said
from room_log_writer import RoomLogWriter, room_log_writer
from service_kit.event_bus import EventBus
from service_kit.redis_connection import create_redis
from service_kit.room import Room
from service_kit.room_queries import room_events_after, room_log_state
from service_kit.settings import RedisSettings
from service_process import ServiceProcess, running_service
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

TIMEFRAMES = (Timeframe.M1, Timeframe.M5, Timeframe.M15, Timeframe.H1)
SYMBOLS = (Symbol("ETH", "USDT"), Symbol("BTC", "USDT"))
ROOMS = tuple(Room(symbol, timeframe) for symbol in SYMBOLS for timeframe in TIMEFRAMES)
PORTS = range(20_000, 32_000)
"""Below those that the system gives to outgoing connections: a client that comes back while nobody
listens could be given the very port that it wants to reach, and talk to itself."""
MOST_EVENTS = 1_000_000
SETTLE_SECONDS = 120
LOOK_SECONDS = 0.1
QUIET_SECONDS = 3
"""Of events after the last kill."""

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Campaign:
    clients: int
    kills: int
    seed: int
    longest_life_seconds: float = 8.0
    """A gateway lives for half a second to this long, so some die while clients still resume."""
    events_per_second: float = 2.0
    """Appended to each of the rooms."""
    usual_clients: int = 10
    """How many of the clients are python-socketio's; half of them poll."""


@dataclass
class KilledGateway:
    """`python -m api_gateway`, always at the same address."""

    database_url: str
    redis_url: str
    folder: Path
    port: int = field(default_factory=lambda: next(filter(is_free, PORTS)))

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @asynccontextmanager
    async def running(self) -> AsyncIterator[ServiceProcess]:
        settings = {
            "DATABASE_URL": self.database_url,
            "REDIS_URL": self.redis_url,
            "SYMBOLS": ",".join(symbol.slashed for symbol in SYMBOLS),
        }
        starting = running_service("api_gateway", settings, self.folder, self.port)
        service = await asyncio.to_thread(starting.__enter__)
        try:
            yield service
        finally:
            await asyncio.to_thread(starting.__exit__, None, None, None)

    async def campaign(self, campaign: Campaign, tell: Tell) -> KillOutcome:
        """Kill it at moments of the seed's choice; ends when every client has everything."""
        chance = random.Random(campaign.seed)  # noqa: S311 - dice of a test
        outcome = self._followers(campaign, chance)
        async with self._writer() as writer:
            running = [asyncio.create_task(one.run()) for one in outcome.followers]
            appending = asyncio.create_task(_append(writer, campaign.events_per_second))
            try:
                await self._kill(campaign, chance, outcome, tell)
                async with self.running():
                    tell("the last one stays")
                    await asyncio.sleep(QUIET_SECONDS)
                    appending.cancel()
                    await asyncio.wait([appending])
                    await self._settle(writer, outcome)
            finally:
                for task in (appending, *running):
                    task.cancel()
                await asyncio.gather(appending, *running, return_exceptions=True)
        return outcome

    def _followers(self, campaign: Campaign, chance: random.Random) -> KillOutcome:
        said: dict[Room, Said] = {room: {} for room in ROOMS}
        kinds = [usual, polling] * (campaign.usual_clients // 2)
        kinds += [lean] * (campaign.clients - len(kinds))
        rooms = [ROOMS[number % len(ROOMS)] for number in range(campaign.clients)]
        followers = [
            RoomFollower(self.url, room, connect, chance, said[room])
            for room, connect in zip(rooms, kinds, strict=True)
        ]
        return KillOutcome(followers, said)

    @asynccontextmanager
    async def _writer(self) -> AsyncIterator[RoomLogWriter]:
        redis = create_redis(RedisSettings(redis_url=SecretStr(self.redis_url)))
        async with room_log_writer(self.database_url, EventBus(redis)) as writer:
            yield writer
        await redis.aclose()

    async def _kill(
        self, campaign: Campaign, chance: random.Random, outcome: KillOutcome, tell: Tell
    ) -> None:
        moments = [
            chance.uniform(0.5, campaign.longest_life_seconds) for _ in range(campaign.kills)
        ]
        for number, seconds in enumerate(moments):
            async with self.running() as service:
                began = time.monotonic()
                if number == 0:
                    await _until(lambda: not outcome.strangers)
                await asyncio.sleep(seconds)
                outcome.lives.append(time.monotonic() - began)
                await asyncio.to_thread(service.kill)
            tell(f"kill {number + 1} of {campaign.kills}")

    async def _settle(self, writer: RoomLogWriter, outcome: KillOutcome) -> None:
        """Let everybody come to the end of the log; who does not is a fault of the outcome."""
        began = time.monotonic()
        state = await room_log_state(writer.database)
        outcome.heads = {room: state.heads[room.name] for room in ROOMS}
        with suppress(TimeoutError):
            await _until(lambda: not outcome.behind)
        outcome.settled_seconds = time.monotonic() - began
        for room in ROOMS:
            events = await room_events_after(writer.database, {room.name: 0}, MOST_EVENTS)
            outcome.logged[room] = {
                (str(state.epoch), one.seq): json.loads(one.payload)["number"] for one in events
            }


async def _until(holds: Callable[[], bool]) -> None:
    """Raises TimeoutError."""
    async with asyncio.timeout(SETTLE_SECONDS):
        while not holds():  # noqa: ASYNC110 - none of the many followers' events would tell
            await asyncio.sleep(LOOK_SECONDS)


async def _append(writer: RoomLogWriter, events_per_second: float) -> None:
    """For ever: an event for each room, at an even pace whatever writing takes."""
    due = time.monotonic()
    while True:
        for room in ROOMS:
            await writer.append(room)
            due += 1 / events_per_second / len(ROOMS)
            await asyncio.sleep(max(0.0, due - time.monotonic()))
