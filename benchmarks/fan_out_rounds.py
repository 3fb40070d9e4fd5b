"""What one server does with a few seconds of prices, and what it does when there are none."""

import asyncio
import time
from dataclasses import dataclass, field
from typing import Final

from fan_out_clients import Crowd, Heard, now_ms
from fan_out_cpu import cpu_seconds
from fan_out_servers import Price, Server

PRICE_SECONDS: Final = 0.26
"""Four a second, but for a little: the gateway holds back what comes faster."""
PATIENCE_SECONDS: Final = 5.0
"""How long clients may go without hearing a price that some still lack."""


@dataclass
class Work:
    """Of one server, over all of its turns."""

    seconds: float = 0.0
    cpu_seconds: float = 0.0
    deliveries: int = 0
    last_client_ms: list[float] = field(default_factory=list)
    """From publishing a price until the last client had it."""
    missed: int = 0
    """Prices that not every client had exactly once."""
    python_differs: int = 0
    """Prices that python-socketio's client did not have exactly once."""

    def add(self, other: "Work") -> None:
        self.seconds += other.seconds
        self.cpu_seconds += other.cpu_seconds
        self.deliveries += other.deliveries
        self.last_client_ms += other.last_client_ms
        self.missed += other.missed
        self.python_differs += other.python_differs

    def microseconds_a_delivery(self, idle_share: float) -> float:
        """Of CPU time; without that of a server that is idle for this share of it."""
        return (self.cpu_seconds - idle_share * self.seconds) / self.deliveries * 1e6


async def idle_shares(servers: list[Server], seconds: float) -> dict[str, float]:
    """CPU seconds a second of each server, with its clients connected and no price known.

    Once it knows one, the gateway repeats it: idle is what it was before.
    """
    before = {server.name: cpu_seconds(server.pid) for server in servers}
    began = time.monotonic()
    await asyncio.sleep(seconds)
    took = time.monotonic() - began
    return {one.name: (cpu_seconds(one.pid) - before[one.name]) / took for one in servers}


async def turn(crowd: Crowd, server: Server, clients: int, prices: int) -> Work:
    """Publish so many prices, and wait until they have arrived."""
    await crowd.forget(server)
    began, before = time.monotonic(), cpu_seconds(server.pid)
    published: dict[int, float] = {}
    for number in range(prices):
        await asyncio.sleep(max(0.0, began + number * PRICE_SECONDS - time.monotonic()))
        price = price_now("ETHUSDT")
        published[price["timestamp"]] = now_ms()
        server.publish(price)
    heard = await _all_heard(crowd, server, set(published), clients)
    work = Work(time.monotonic() - began, cpu_seconds(server.pid) - before)
    python = crowd.heard_by_python(server)
    work.deliveries = sum(heard[one].count for one in heard) + sum(python.values())
    work.missed = sum(one not in heard or heard[one].count != clients for one in published)
    work.python_differs = sum(python[one] != 1 for one in published)
    work.last_client_ms = [heard[one].last_ms - at for one, at in published.items() if one in heard]
    return work


def price_now(compact_symbol: str) -> Price:
    """As market-service publishes it; none is the one before."""
    now = time.time()
    return {
        "symbol": compact_symbol,
        "price": round(3_000 + now % 1_000, 2),
        "timestamp": int(now * 1000),
        "change24h": 1.84,
        "high24h": 3_121.5,
        "low24h": 2_954.33,
        "volume24h": 412_345.6789,
        "source": "binance",
    }


async def _all_heard(
    crowd: Crowd, server: Server, published: set[int], clients: int
) -> dict[int, Heard]:
    """Until every price is everywhere, or nothing comes any more."""
    best, waited_until = -1, 0.0
    while True:
        heard = {at: one for at, one in (await crowd.heard(server)).items() if at in published}
        count = sum(one.count for one in heard.values())
        if count > best:
            best, waited_until = count, time.monotonic() + PATIENCE_SECONDS
        if count >= clients * len(published) or time.monotonic() > waited_until:
            return heard
        await asyncio.sleep(0.1)
