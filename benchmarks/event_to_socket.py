"""From the exchange's frame to a browser's socket: how much later the same closed bar arrives.

One process listens to the simulator's stream and, through Nginx, to the platform's Socket.IO,
so one clock tells both arrivals. Start a replay or simulated stack first, at `--speed 60`.
"""

import argparse
import asyncio
import json
import time

import numpy as np
import socketio
import websockets

from eth_cli.ports import Ports

CLIENTS_BESIDE = 20
"""Further subscribers, so that the measured one is not alone."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=3000, help="the stack's public port")
    parser.add_argument("--bars", type=int, default=60)
    asyncio.run(_run(parser.parse_args()))


async def _run(options: argparse.Namespace) -> None:
    ports = Ports.shifted_to(options.port)
    told: dict[int, float] = {}
    heard: dict[int, float] = {}
    others = [await _subscriber(ports["dashboard"], {}) for _ in range(CLIENTS_BESIDE)]
    client = await _subscriber(ports["dashboard"], heard)
    listening = asyncio.create_task(_listen(ports["simulator"], told))
    while len(heard.keys() & told.keys()) < options.bars:
        await asyncio.sleep(0.5)
        print(f"\r{len(heard.keys() & told.keys())} of {options.bars} bars", end="", flush=True)
    listening.cancel()
    for each in (client, *others):
        await each.disconnect()
    _print(np.array([heard[bar] - told[bar] for bar in heard.keys() & told.keys()]) * 1000)


async def _subscriber(port: int, heard: dict[int, float]) -> socketio.AsyncClient:
    client = socketio.AsyncClient()

    def on_candle(update: dict[str, list[int]]) -> None:
        if update["closed"]:
            heard.setdefault(update["candle"][0], time.perf_counter())

    client.on("candle_update", on_candle)
    await client.connect(f"http://127.0.0.1:{port}", transports=["websocket"])
    await client.call("subscribe", {"symbol": "ETH/USDT", "timeframe": "1m"})
    return client


async def _listen(port: int, told: dict[int, float]) -> None:
    async with websockets.connect(f"ws://127.0.0.1:{port}/ws/ethusdt@kline_1m") as stream:
        async for frame in stream:
            kline = json.loads(frame)["k"]
            if kline["x"]:
                told.setdefault(kline["t"], time.perf_counter())


def _print(delays_ms: np.ndarray) -> None:
    p50, p99 = np.percentile(delays_ms, [50, 99])
    print(
        f"\rclosed bar, exchange frame to browser socket, {len(delays_ms)} bars,"
        f" {CLIENTS_BESIDE + 1} clients: p50 {p50:.1f} ms, p99 {p99:.1f} ms"
    )


if __name__ == "__main__":
    main()
