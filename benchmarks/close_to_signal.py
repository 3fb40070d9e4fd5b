"""From a candle's close to its signal at a socket, and how much of it each hop takes.

One process listens to the simulator's streams and, through Nginx, to the platform's Socket.IO, so
one monotonic clock tells both ends. The hops between come from the log of rooms, whose rows carry
when each was appended. Start a stack first:

    ./eth up --detach --feed simulated --speed 20 --symbols ETH/USDT,BTC/USDT
"""

import argparse
import asyncio
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import asyncpg
import numpy as np
import socketio
import websockets

from eth_cli.ports import Ports
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

SYMBOLS = (Symbol("ETH", "USDT"), Symbol("BTC", "USDT"))
EVENTS = ("candle_update", "indicator_update", "new_signal", "signal_update")
HOPS = (
    "exchange → candle stored",
    "→ indicators stored",
    "→ signal decided and stored",
    "→ signal at the socket",
)
APPENDED = """
    SELECT room, event, extract(epoch FROM appended_at)::float8,
        coalesce((payload::json ->> 'timestamp')::bigint, (payload::json -> 'candle' ->> 0)::bigint)
    FROM room_events
"""

Bar = tuple[str, int]
"""A room and the open of a bar."""


@dataclass(slots=True)
class Times:
    """Monotonic seconds by bar."""

    told: dict[Bar, float] = field(default_factory=dict)
    heard: dict[Bar, float] = field(default_factory=dict)

    def whole(self) -> list[Bar]:
        return sorted(self.heard.keys() & self.told.keys())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=3000, help="the stack's public port")
    parser.add_argument("--closes", type=int, default=500)
    parser.add_argument("--database-url", required=True, help="the stack's, for the hops between")
    asyncio.run(_run(parser.parse_args()))


async def _run(options: argparse.Namespace) -> None:
    ports, times = Ports.shifted_to(options.port), Times()
    client = await _subscribe(ports["dashboard"], times)
    listening = asyncio.create_task(_listen(ports["simulator"], times))
    while (count := len(times.whole())) < options.closes:
        print(f"\r{count} of {options.closes} closes", end="", flush=True)
        await asyncio.sleep(1)
    listening.cancel()
    await client.disconnect()
    appended = await _appended(options.database_url.replace("+asyncpg", ""))
    _print(times, appended)


async def _subscribe(port: int, times: Times) -> socketio.AsyncClient:
    client = socketio.AsyncClient()

    def on_signal(signal: dict[str, str | int]) -> None:
        room = f"{Symbol.parse(str(signal['symbol'])).slashed}_{signal['timeframe']}"
        times.heard.setdefault((room, int(signal["timestamp"])), time.monotonic())

    client.on("new_signal", on_signal)
    client.on("signal_update", on_signal)
    await client.connect(f"http://127.0.0.1:{port}", transports=["websocket"])
    for symbol in SYMBOLS:
        for timeframe in Timeframe:
            wish = {"symbol": symbol.slashed, "timeframe": timeframe.value}
            await client.call("subscribe", wish)
    return client


async def _listen(port: int, times: Times) -> None:
    names = [f"{s.compact.lower()}@kline_{t}" for s in SYMBOLS for t in Timeframe]
    url = f"ws://127.0.0.1:{port}/stream?streams={'/'.join(names)}"
    async with websockets.connect(url) as stream:
        async for frame in stream:
            now, kline = time.monotonic(), json.loads(frame)["data"]["k"]
            if kline["x"]:
                room = f"{Symbol.parse(kline['s']).slashed}_{kline['i']}"
                times.told.setdefault((room, kline["t"]), now)


async def _appended(url: str) -> dict[tuple[str, Bar], float]:
    """Monotonic seconds by event and bar; the first of an event counts."""
    monotonic_minus_wall = time.monotonic() - time.time()
    connection = await asyncpg.connect(url)
    rows = await connection.fetch(APPENDED)
    await connection.close()
    found: dict[tuple[str, Bar], float] = {}
    for room, event, wall, bar in rows:
        name = "signal" if event in {"new_signal", "signal_update"} else event
        key = (name, (room, bar))
        found[key] = min(found.get(key, np.inf), wall + monotonic_minus_wall)
    return found


def _print(times: Times, appended: dict[tuple[str, Bar], float]) -> None:
    bars = times.whole()
    total = np.array([times.heard[bar] - times.told[bar] for bar in bars]) * 1000
    p50, p99 = np.percentile(total, [50, 99])
    print(f"\r{len(bars)} closes, exchange frame to signal at a socket:", end=" ")
    print(f"p50 {p50:.1f} ms, p99 {p99:.1f} ms")
    at: list[Callable[[Bar], float | None]] = [
        times.told.get,
        lambda bar: appended.get(("candle_update", bar)),
        lambda bar: appended.get(("indicator_update", bar)),
        lambda bar: appended.get(("signal", bar)),
        times.heard.get,
    ]
    steps = np.array([[one(bar) or np.nan for one in at] for bar in bars])
    hops = np.diff(steps[~np.isnan(steps).any(axis=1)], axis=1) * 1000
    for name, column in zip(HOPS, hops.T, strict=True):
        share = column.mean() / hops.sum(axis=1).mean()
        print(f"  {name:30} p50 {np.median(column):6.1f} ms, {share:4.0%} of the way")


if __name__ == "__main__":
    main()
