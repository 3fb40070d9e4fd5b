"""Many hostile connections at once, and how long the server put up with each.

`python hostile_crowd.py PID PORT EPOCH DEAF GREEDY SLOW` attacks until its standard input ends,
replaces each connection that the server ends, and prints what became of each as a JSON array a
line: its kind, the seconds so far, and whether the server has ended it.
"""

import asyncio
import json
import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

import psutil

from hostile_attacks import DEAF, GREEDY, SLOW, Attack, Target, connect
from restarting_gateway import ROOMS

LOOK_SECONDS = 1.0
ACCEPT_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class CrowdSize:
    deaf: int
    greedy: int
    slow: int
    """All kinds together."""


@dataclass
class HostileConnection:
    """One try of a kind of attack. Raises nothing: to fail is what becomes of it."""

    kind: str
    attack: Attack
    target: Target
    began: float = field(default_factory=time.monotonic)
    port: int | None = None
    """Its own, by which the server's end is recognised."""
    was_accepted: bool = False
    task: asyncio.Task[None] | None = None

    def is_over(self, kept_ports: set[int], now: float) -> bool:
        """Whether the server, which keeps those, has ended it, or has not taken it in a while."""
        is_kept = self.port in kept_ports
        self.was_accepted |= is_kept
        return not is_kept and (self.was_accepted or now - self.began > ACCEPT_SECONDS)

    def start(self) -> None:
        self.task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Raises what went wrong with the attack itself, which then proves nothing."""
        if self.task is not None:
            self.task.cancel()
            with suppress(asyncio.CancelledError):
                await self.task

    async def _run(self) -> None:
        """Keeps the connection after the attack has said all it had to say."""
        with suppress(OSError), await connect(self.target) as connection:
            self.port = connection.getsockname()[1]
            with suppress(OSError):
                await self.attack(connection, self.target)
            await asyncio.Event().wait()


class HostileCrowd:
    """The server's own list of open connections tells when it has ended one.

    A client that reads nothing would not hear of it.
    """

    def __init__(self, server_pid: int, ended: Callable[[str, float], None]) -> None:
        """`ended` is told the kind, and for how many seconds the server kept the connection."""
        self._server = psutil.Process(server_pid)
        self._ended = ended
        self._open: list[HostileConnection] = []

    @property
    def size(self) -> int:
        return len(self._open)

    def kinds(self) -> list[tuple[str, float]]:
        """Those that the server still keeps, and for how many seconds so far."""
        now = time.monotonic()
        return [(one.kind, now - one.began) for one in self._open]

    def attack(self, target: Target, size: CrowdSize) -> None:
        kinds = [*DEAF.items()] * size.deaf
        kinds += [*GREEDY.items()] * size.greedy
        kinds += [*SLOW.items()] * (size.slow // len(SLOW))
        for kind, attack in kinds:
            self._add(HostileConnection(kind, attack, target))

    async def look(self) -> list[HostileConnection]:
        """Take leave of those that the server has ended since, and return them."""
        kept = _remote_ports(self._server)
        now = time.monotonic()
        gone = [one for one in self._open if one.is_over(kept, now)]
        for one in gone:
            self._open.remove(one)
            self._ended(one.kind, now - one.began)
            await one.stop()
        return gone

    async def look_and_replace(self) -> None:
        """For ever."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            for one in await self.look():
                self._add(HostileConnection(one.kind, one.attack, one.target))

    async def leave(self) -> None:
        for one in self._open:
            await one.stop()
        self._open.clear()

    def _add(self, connection: HostileConnection) -> None:
        self._open.append(connection)
        connection.start()


def _remote_ports(server: psutil.Process) -> set[int]:
    """Of the connections that the process holds open, whatever the other side has done."""
    return {one.raddr.port for one in server.net_connections("tcp") if len(one.raddr)}


async def _attack(pid: int, target: Target, size: CrowdSize) -> None:
    crowd = HostileCrowd(pid, lambda kind, seconds: _print(kind, seconds, ended=True))
    crowd.attack(target, size)
    replacing = asyncio.create_task(crowd.look_and_replace())
    await asyncio.to_thread(sys.stdin.read)
    replacing.cancel()
    for kind, seconds in crowd.kinds():
        _print(kind, seconds, ended=False)
    await crowd.leave()


def _print(kind: str, seconds: float, *, ended: bool) -> None:
    print(json.dumps([kind, seconds, ended]), flush=True)  # noqa: T201 - it is read by a program


if __name__ == "__main__":
    os.nice(19)  # attackers are elsewhere, and take no CPU from those whom they attack
    pid, port, epoch, *sizes = sys.argv[1:]
    target = Target("127.0.0.1", int(port), ROOMS, epoch)
    asyncio.run(_attack(int(pid), target, CrowdSize(*map(int, sizes))))
