"""Unmodified clients: JavaScript ones by the thousand, and a Python one at each server."""

import asyncio
import json
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any

import socketio

from eth_cli.node import node_environment
from fan_out_servers import NODE, Server

LONGEST_LINE_BYTES = 2**24


@dataclass(frozen=True, slots=True)
class Heard:
    """What became of a price: at how many clients it came, and when at the last of them."""

    count: int
    last_ms: float


@dataclass(frozen=True, slots=True)
class Audience:
    """What the clients of one server have heard; prices by their timestamps."""

    prices: dict[int, Heard]
    events: int
    """Of every kind."""
    lost: Counter[str]
    """Why connections ended that should not have, as socket.io-client names it."""


class NodeClients:
    """One Node process with many socket.io-client sockets in it."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    async def ask(self, command: str, **options: object) -> dict[str, Any]:
        lines, answers = self._process.stdin, self._process.stdout
        assert lines is not None  # noqa: S101 - pipes were asked for
        assert answers is not None  # noqa: S101 - pipes were asked for
        lines.write(json.dumps({"command": command, **options}).encode() + b"\n")
        answer = await answers.readline()
        if not answer:
            raise SystemExit("the Node clients died")
        found: dict[str, Any] = json.loads(answer)
        return found


class PythonClient:
    """python-socketio's own client, which has to see what the JavaScript ones see."""

    def __init__(self) -> None:
        self.socket = socketio.AsyncClient(reconnection=False)
        self.prices = Counter[int]()
        self.events = 0
        self.socket.on("*", self._hear)

    async def connect(self, url: str) -> None:
        await self.socket.connect(url, transports=["websocket"])
        await self.socket.call("subscribe", {"symbol": "ETH/USDT", "timeframe": "1h"})

    def forget(self) -> None:
        self.prices.clear()
        self.events = 0

    def _hear(self, event: str, payload: dict[str, Any]) -> None:
        self.events += 1
        if event == "price_update":
            self.prices[payload["timestamp"]] += 1


class Crowd:
    """The same number of JavaScript clients at every server, and one Python client at each."""

    def __init__(self, processes: list[NodeClients]) -> None:
        self._processes = processes
        self._python: dict[str, PythonClient] = {}

    async def connect(self, server: Server, clients: int) -> None:
        share, rest = divmod(clients, len(self._processes))
        await asyncio.gather(
            *(
                process.ask(
                    "connect", server=server.name, url=server.url, clients=share + (number < rest)
                )
                for number, process in enumerate(self._processes)
            )
        )
        python = self._python[server.name] = PythonClient()
        await python.connect(server.url)

    async def heard(self, server: Server) -> Audience:
        """What the JavaScript clients have heard since `forget`."""
        answers = [await process.ask("heard", server=server.name) for process in self._processes]
        prices: dict[int, Heard] = {}
        for answer in answers:
            for timestamp, price in answer["prices"].items():
                so_far = prices.get(int(timestamp), Heard(0, 0.0))
                prices[int(timestamp)] = Heard(
                    so_far.count + price["count"], max(so_far.last_ms, price["last"])
                )
        lost = Counter[str](reason for answer in answers for reason in answer["lost"])
        return Audience(prices, sum(answer["events"] for answer in answers), lost)

    def python(self, server: Server) -> PythonClient:
        return self._python[server.name]

    async def forget(self, server: Server) -> None:
        self._python[server.name].forget()
        for process in self._processes:
            await process.ask("forget", server=server.name)

    async def leave(self) -> None:
        for python in self._python.values():
            await python.socket.disconnect()


@asynccontextmanager
async def crowd(processes: int) -> AsyncIterator[Crowd]:
    async with AsyncExitStack() as stack:
        started = [await stack.enter_async_context(_node_clients()) for _ in range(processes)]
        found = Crowd(started)
        try:
            yield found
        finally:
            await found.leave()


@asynccontextmanager
async def _node_clients() -> AsyncIterator[NodeClients]:
    process = await asyncio.create_subprocess_exec(
        "node",
        str(NODE / "clients.mjs"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        limit=LONGEST_LINE_BYTES,
        env=node_environment(),
    )
    try:
        yield NodeClients(process)
    finally:
        process.kill()
        await process.wait()


def now_ms() -> float:
    """On the clock of `Heard.last_ms`."""
    return time.monotonic() * 1000
