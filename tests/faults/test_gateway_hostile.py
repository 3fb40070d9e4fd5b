"""Clients that read nothing and connections that never come to a point, beside honest ones.

`benchmarks/hostile_clients.py` measures what they cost the honest ones.
"""

import asyncio
import random
from pathlib import Path

import psutil
import pytest

from follower_connections import lean, polling, usual
from hostile_attacks import Target
from hostile_crowd import LOOK_SECONDS, CrowdSize, HostileCrowd
from restarting_gateway import ROOMS, RestartingGateway, growing_log
from room_followers import RoomFollowers
from service_kit.room_queries import room_log_state

pytestmark = pytest.mark.faults

HONEST = [usual, polling, *[lean] * 38]
SIZE = CrowdSize(deaf=10, greedy=10, slow=40)
FILLER = "x" * 2_000
BACKLOG = 300
"""Events in each room before anybody comes: 5 MB for each that asks for all of them."""
EVENTS_PER_SECOND = 2.0
PATIENCE_SECONDS = 90
"""Three times what a client may keep the gateway waiting for."""
MOST_GROWTH_BYTES = 150 * 2**20


async def test_who_never_reads_or_never_ends_a_request_is_cut_off_and_costs_the_others_nothing(
    database_url: str, redis_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gateway = RestartingGateway(database_url, redis_url, tmp_path)
    honest = RoomFollowers.of(gateway.url, HONEST, random.Random(8))  # noqa: S311 - dice of a test
    ended: list[tuple[str, float]] = []
    async with gateway.running() as service, gateway.writer(FILLER) as writer:
        for room in ROOMS:
            await writer.append(room, BACKLOG)
        epoch = str((await room_log_state(writer.database)).epoch)
        crowd = HostileCrowd(service.process.pid, lambda *one: ended.append(one))
        memory = psutil.Process(service.process.pid)
        async with honest.following():
            await honest.begun()
            before = highest = memory.memory_info().rss
            async with growing_log(writer, EVENTS_PER_SECOND):
                crowd.attack(Target("127.0.0.1", gateway.port, ROOMS, epoch), SIZE)
                deadline = asyncio.get_running_loop().time() + PATIENCE_SECONDS
                while crowd.size and asyncio.get_running_loop().time() < deadline:
                    await asyncio.sleep(LOOK_SECONDS)
                    await crowd.look()
                    highest = max(highest, memory.memory_info().rss)
            still_open = crowd.kinds()
            await crowd.leave()
            await honest.settle(writer.database)
    slowest = {kind: max(s for one, s in ended if one == kind) for kind, _seconds in ended}
    with capsys.disabled():
        times = ", ".join(f"{kind} {seconds:.0f} s" for kind, seconds in slowest.items())
        grown = (highest - before) / 2**20
        print(f"\nput up with at most: {times}; {grown:.0f} MiB more")  # noqa: T201 - the figures
    assert still_open == []
    assert len(ended) == SIZE.deaf + SIZE.greedy + SIZE.slow
    assert honest.faults() == []
    assert [one.resumed for one in honest.everybody] == [0] * len(HONEST), "one was cut off, too"
    assert highest - before < MOST_GROWTH_BYTES
