"""A gateway that is killed again and again under its clients, while the log of rooms grows."""

import asyncio
import random
import time
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field

from follower_connections import lean, polling, usual
from restarting_gateway import RestartingGateway, growing_log
from room_followers import RoomFollowers

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
class KillOutcome:
    followers: RoomFollowers
    lives: list[float] = field(default_factory=list)
    """Seconds from a gateway's first answer to its death."""

    def summary(self) -> str:
        shortest, longest = min(self.lives), max(self.lives)
        kills = f"{len(self.lives)} kills, {shortest:.1f} to {longest:.1f} s after a start"
        return f"{kills}\n{self.followers.summary()}"


async def kill_gateway(gateway: RestartingGateway, campaign: Campaign, tell: Tell) -> KillOutcome:
    """At moments of the seed's choice; ends when every client has everything, or never will."""
    chance = random.Random(campaign.seed)  # noqa: S311 - dice of a test
    kinds = [usual, polling] * (campaign.usual_clients // 2)
    kinds += [lean] * (campaign.clients - len(kinds))
    moments = [chance.uniform(0.5, campaign.longest_life_seconds) for _ in range(campaign.kills)]
    outcome = KillOutcome(RoomFollowers.of(gateway.url, kinds, chance))
    async with gateway.writer() as writer, outcome.followers.following(), AsyncExitStack() as stack:
        async with growing_log(writer, campaign.events_per_second):
            for number, seconds in enumerate(moments, 1):
                tell(f"life {number} of {campaign.kills + 1}")
                outcome.lives.append(await _live(gateway, outcome.followers, seconds))
            tell("the last life")
            await stack.enter_async_context(gateway.running())
            await asyncio.sleep(QUIET_SECONDS)
        await outcome.followers.settle(writer.database)
    return outcome


async def _live(gateway: RestartingGateway, followers: RoomFollowers, seconds: float) -> float:
    """Die so long after everybody was there once; returns how long it lived."""
    async with gateway.running() as service:
        began = time.monotonic()
        await followers.begun()
        await asyncio.sleep(seconds)
        lived = time.monotonic() - began
        await asyncio.to_thread(service.kill)
    return lived
