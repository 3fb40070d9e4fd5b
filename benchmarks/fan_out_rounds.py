"""What one server does with a few seconds of prices, and what it does when there are none."""

import asyncio
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Final

from fan_out_clients import Audience, Crowd, now_ms
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
    prices: int = 0
    """Delivered, one a client."""
    events: int = 0
    """Of every kind delivered; the gateway repeats the state of its feed every second."""
    last_client_ms: list[float] = field(default_factory=list)
    """From publishing a price until the last client had it."""
    missed: int = 0
    """Prices that not every connected client had exactly once."""
    python_differs: int = 0
    """Prices that python-socketio's client did not have exactly once."""
    lost: Counter[str] = field(default_factory=Counter)
    """Connections that ended, by the reason."""

    def add(self, other: "Work") -> None:
        self.seconds += other.seconds
        self.cpu_seconds += other.cpu_seconds
        self.prices += other.prices
        self.events += other.events
        self.last_client_ms += other.last_client_ms
        self.missed += other.missed
        self.python_differs += other.python_differs
        self.lost = other.lost

    @property
    def gross_us(self) -> float:
        """Microseconds of CPU time an event delivered, whatever else the server did."""
        return self.cpu_seconds / self.events * 1e6

    def net_us(self, idle_share: float) -> float:
        """A price delivered, without what a server needs that is idle for this share of it."""
        return (self.cpu_seconds - idle_share * self.seconds) / self.prices * 1e6


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
    audience = await _all_heard(crowd, server, set(published), clients)
    work = Work(time.monotonic() - began, cpu_seconds(server.pid) - before)
    heard, python = audience.prices, crowd.python(server)
    work.prices = sum(one.count for one in heard.values()) + python.prices.total()
    work.events = audience.events + python.events
    connected = clients - audience.lost.total()
    work.missed = sum(one not in heard or heard[one].count != connected for one in published)
    work.python_differs = sum(python.prices[one] != 1 for one in published)
    work.last_client_ms = [heard[one].last_ms - at for one, at in published.items() if one in heard]
    work.lost = audience.lost
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


async def _all_heard(crowd: Crowd, server: Server, published: set[int], clients: int) -> Audience:
    """Until every price is everywhere, or nothing comes any more."""
    most, patient_until = -1, 0.0
    while True:
        audience = await crowd.heard(server)
        count = sum(one.count for at, one in audience.prices.items() if at in published)
        if count > most:
            most, patient_until = count, time.monotonic() + PATIENCE_SECONDS
        connected = clients - audience.lost.total()
        if count >= connected * len(published) or time.monotonic() > patient_until:
            return audience
        await asyncio.sleep(0.1)
