"""Clients that have missed much of many rooms, and read as fast as they are told, get all of it."""

import asyncio
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from lean_socket import lean_socket
from restarting_gateway import ROOMS, RestartingGateway
from service_kit.room import Room
from service_kit.room_queries import room_log_state
from socket_client import until

pytestmark = pytest.mark.faults

CLIENTS = 3
"""One after the other: what the second asks for the gateway may have at hand."""
MISSED = 450
"""Of each room: hardly less than goes to a socket in one go."""
FILLER = "x" * 6_000
PATIENCE_SECONDS = 60


async def test_who_resumes_every_room_at_once_gets_all_that_it_missed(
    database_url: str, redis_url: str, tmp_path: Path
) -> None:
    gateway = RestartingGateway(database_url, redis_url, tmp_path)
    async with gateway.running(), gateway.writer(FILLER) as writer:
        for room in ROOMS:
            await writer.append(room, MISSED)
        epoch = str((await room_log_state(writer.database)).epoch)
        heard = [await _everything_missed(gateway.url, epoch) for _ in range(CLIENTS)]
    assert heard == [{room.name: list(range(1, MISSED + 1)) for room in ROOMS}] * CLIENTS


async def _everything_missed(url: str, epoch: str) -> dict[str, list[int]]:
    """The numbers of each room as they come to a client that has none of them."""
    heard = defaultdict[str, list[int]](list)

    def hear(event: str, payload: dict[str, Any]) -> None:
        if event == "new_signal":
            heard[_NAMES[payload["symbol"], payload["timeframe"]]].append(payload["seq"])

    async with lean_socket(url, hear) as socket:
        asking = (socket.call("resume", _from_the_start(room, epoch)) for room in ROOMS)
        await asyncio.gather(*asking, return_exceptions=True)
        await until(
            lambda: socket.closed.done() or sum(map(len, heard.values())) == MISSED * len(ROOMS),
            PATIENCE_SECONDS,
        )
    return dict(heard)


def _from_the_start(room: Room, epoch: str) -> dict[str, object]:
    market = {"symbol": room.symbol.slashed, "timeframe": room.timeframe.value}
    return {**market, "epoch": epoch, "seq": 0}


_NAMES = {(room.symbol.compact, room.timeframe.value): room.name for room in ROOMS}
