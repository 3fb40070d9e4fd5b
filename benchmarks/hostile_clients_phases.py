"""A calm phase and a hostile one: what the honest clients of a gateway feel in it."""

import asyncio
import json
import sys
import time
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import psutil
from redis.asyncio import Redis

from fan_out_cpu import cpu_seconds
from fan_out_rounds import price_now
from service_kit.events import Channel

sys.path.append(str(Path(__file__).parent.parent / "tests"))
from follower_connections import Connection, lean
from lean_socket import HearEvent
from restarting_gateway import SYMBOLS

CROWD = Path(__file__).parent.parent / "tests" / "hostile_crowd.py"
PRICE_SECONDS = 0.5
"""Half as often as the gateway lets through: near that, one late price would hold the next back."""
LAST_ARRIVAL_SECONDS = 1.0
"""After a phase; prices are repeated later than that."""


@dataclass
class Phases:
    """Those of one kind."""

    delays_ms: list[np.ndarray] = field(default_factory=list)
    """Of each phase, from publishing a price until one honest client had it."""
    resident_bytes: list[int] = field(default_factory=list)
    """Of the gateway, once a second."""
    cpu_shares: list[float] = field(default_factory=list)
    """Of one core, the gateway's, in each phase."""

    def percentile(self, share: float) -> float:
        return float(np.percentile(np.concatenate(self.delays_ms), share))


@dataclass
class Endings:
    """Seconds by kind of hostile connection."""

    ended: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    """Until the gateway ended it."""
    kept: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    """That it had not ended it when the phase was over."""


class PriceWatch:
    """Publishes prices, and hears how long each takes to each honest client."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._published: dict[tuple[str, int], float] = {}
        self._delays_ms: list[float] = []

    @asynccontextmanager
    async def connect(self, url: str, hear: HearEvent) -> AsyncIterator[Connection]:
        """As `lean`, but prices are heard here."""

        def hear_all(event: str, payload: dict[str, Any]) -> None:
            if event == "price_update":
                self._hear((payload["symbol"], payload["timestamp"]))
            else:
                hear(event, payload)

        async with lean(url, hear_all) as connection:
            yield connection

    async def phase(self, gateway: psutil.Process, seconds: float, into: Phases) -> None:
        self._published, self._delays_ms = {}, []
        watching = asyncio.create_task(_watch(gateway, into.resident_bytes))
        began, worked = time.monotonic(), cpu_seconds(gateway.pid)
        for number in range(round(seconds / PRICE_SECONDS)):
            await asyncio.sleep(max(0.0, began + number * PRICE_SECONDS - time.monotonic()))
            for symbol in SYMBOLS:
                price = price_now(symbol.compact)
                self._published[symbol.compact, price["timestamp"]] = time.perf_counter()
                await self._redis.publish(Channel.PRICES, json.dumps(price))
        await asyncio.sleep(LAST_ARRIVAL_SECONDS)
        watching.cancel()
        into.cpu_shares.append((cpu_seconds(gateway.pid) - worked) / (time.monotonic() - began))
        self._published = {}
        into.delays_ms.append(np.array(self._delays_ms))

    def _hear(self, price: tuple[str, int]) -> None:
        at = self._published.get(price)
        if at is not None:
            self._delays_ms.append((time.perf_counter() - at) * 1000)


@asynccontextmanager
async def hostile_crowd(
    gateway: psutil.Process, target: list[str], endings: Endings
) -> AsyncIterator[None]:
    """In a process of its own, for as long as the block runs."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        str(CROWD),
        str(gateway.pid),
        *target,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    lines, answers = process.stdin, process.stdout
    assert lines is not None  # noqa: S101 - pipes were asked for
    assert answers is not None  # noqa: S101 - pipes were asked for
    reading = asyncio.create_task(_read(answers, endings))
    try:
        yield
        lines.close()
        await reading
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()


async def _read(lines: asyncio.StreamReader, endings: Endings) -> None:
    async for line in lines:
        kind, seconds, ended = json.loads(line)
        (endings.ended if ended else endings.kept)[kind].append(seconds)


async def _watch(gateway: psutil.Process, resident_bytes: list[int]) -> None:
    while True:
        resident_bytes.append(gateway.memory_info().rss)
        await asyncio.sleep(1)
