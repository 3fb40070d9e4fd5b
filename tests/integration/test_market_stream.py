"""The stream client against an exchange on a real socket that misbehaves in every known way."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field

import orjson
import pytest
from prometheus_client import CollectorRegistry
from websockets.asyncio.server import ServerConnection, serve

from market_service import live_stream
from market_service.fault_kind import FaultKind
from market_service.fault_log import FaultLog
from market_service.feed_monitor import FeedMonitor
from market_service.frames import TickerFrame
from market_service.live_stream import LiveStream, MarketFrame
from market_service.market_metrics import MarketMetrics
from service_kit.clock import Clock
from service_kit.events import FeedStatus
from service_kit.series import all_series
from trading_core.symbol import Symbol

pytestmark = pytest.mark.integration

Handler = Callable[[ServerConnection, int], Awaitable[None]]
"""Serves one connection; the number counts them from 0."""

SERIES = all_series([Symbol("ETH", "USDT")])


def price(value: int, symbol: str = "ETHUSDT") -> str:
    fields = {"e": "24hrMiniTicker", "E": 1_722_807_000_000, "s": symbol, "c": str(value)}
    data = fields | {"o": "1", "h": "9", "l": "1", "v": "1", "q": "1"}
    return orjson.dumps({"stream": "x", "data": data}).decode()


@dataclass
class Watch:
    """What the client under test has seen so far."""

    monitor: FeedMonitor
    frames: list[MarketFrame] = field(default_factory=list)
    opened: int = 0
    paths: list[str] = field(default_factory=list)

    def prices(self) -> list[float]:
        return [frame.price for frame in self.frames if isinstance(frame, TickerFrame)]

    def count_open(self) -> None:
        self.opened += 1

    async def until(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(10):
            while not condition():  # noqa: ASYNC110 - what is waited for is no event
                await asyncio.sleep(0.01)


@asynccontextmanager
async def watching(handler: Handler) -> AsyncIterator[Watch]:
    clock = Clock()
    metrics = MarketMetrics(CollectorRegistry())
    faults = FaultLog(clock, metrics.faults)
    watch = Watch(FeedMonitor(clock, "test", "live", metrics, faults))

    async def serve_one(connection: ServerConnection) -> None:
        watch.paths.append(connection.request.path if connection.request else "")
        await handler(connection, len(watch.paths) - 1)

    async with serve(serve_one, "127.0.0.1", 0) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        url = f"ws://127.0.0.1:{port}"
        stream = LiveStream(
            [url], SERIES, watch.frames.append, watch.count_open, watch.monitor, clock
        )
        running = asyncio.create_task(stream.run())
        try:
            yield watch
        finally:
            running.cancel()
            await asyncio.wait({running})


@contextmanager
def impatient(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as patch:
        patch.setattr(live_stream, "SILENCE_SECONDS", 0.2)
        yield


async def stay(connection: ServerConnection, _number: int) -> None:
    await connection.wait_closed()


async def test_one_connection_asks_for_every_series_and_the_price() -> None:
    async with watching(stay) as watch:
        await watch.until(lambda: watch.opened == 1)
        (path,) = watch.paths
        assert path == (
            "/stream?streams=ethusdt@kline_1m/ethusdt@kline_5m/ethusdt@kline_15m/"
            "ethusdt@kline_30m/ethusdt@kline_1h/ethusdt@kline_4h/ethusdt@kline_1d/"
            "ethusdt@miniTicker"
        )


async def test_bad_frames_are_counted_and_the_stream_goes_on() -> None:
    async def serve_noise(connection: ServerConnection, _number: int) -> None:
        for noise in ("", "<html>", "[]", '{"e":"kline"}', price(2, "BTCUSDT"), b"\xff\x00"):
            await connection.send(noise)
        await connection.send(price(7))
        await connection.wait_closed()

    async with watching(serve_noise) as watch:
        await watch.until(lambda: watch.prices() == [7.0])
        assert watch.monitor.frames_dropped == 6
        assert watch.monitor.connections == 1


async def test_a_cut_connection_is_followed_by_the_next_at_once() -> None:
    async def cut(connection: ServerConnection, number: int) -> None:
        await connection.send(price(number + 1))
        if number < 3:
            connection.transport.abort()
        await connection.wait_closed()

    async with watching(cut) as watch:
        await watch.until(lambda: len(watch.prices()) == 4)
        assert watch.prices() == [1.0, 2.0, 3.0, 4.0]
        assert (watch.monitor.reconnects, watch.opened) == (3, 4)


async def test_an_announced_shutdown_is_not_waited_for() -> None:
    async def announce(connection: ServerConnection, number: int) -> None:
        await connection.send('{"e":"serverShutdown","E":1}' if number == 0 else price(5))
        await connection.wait_closed()

    async with watching(announce) as watch:
        await watch.until(lambda: watch.prices() == [5.0])
        assert watch.monitor.reconnects == 1


async def test_a_connection_that_is_gone_is_told_from_one_that_says_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def freeze_or_fall_silent(connection: ServerConnection, number: int) -> None:
        await connection.send(price(number + 1))
        if number == 0:
            connection.transport.pause_reading()
        await connection.wait_closed()

    with impatient(monkeypatch):
        monkeypatch.setattr(live_stream, "PONG_SECONDS", 0.2)
        monkeypatch.setattr(live_stream, "CLOSE_SECONDS", 0.1)
        async with watching(freeze_or_fall_silent) as watch:
            await watch.until(lambda: len(watch.prices()) >= 3)
            counted = watch.monitor.faults.tallies
            assert counted[FaultKind.HALF_OPEN].count == 1
            assert counted[FaultKind.SILENT_STREAM].count >= 1


@pytest.mark.parametrize("noise", [None, "no frame at all"])
async def test_silence_and_mere_noise_are_a_dead_feed(
    monkeypatch: pytest.MonkeyPatch, noise: str | None
) -> None:
    async def fall_silent(connection: ServerConnection, number: int) -> None:
        await connection.send(price(number + 1))
        while noise is not None and number == 0:
            await connection.send(noise)
            await asyncio.sleep(0.02)
        await connection.wait_closed()

    with impatient(monkeypatch):
        async with watching(fall_silent) as watch:
            await watch.until(lambda: len(watch.prices()) >= 2)
            assert watch.monitor.reconnects >= 1


async def test_a_lost_connection_shows_at_once() -> None:
    async def once(connection: ServerConnection, number: int) -> None:
        if number == 0:
            await connection.send(price(1))
            await connection.wait_closed()
        await connection.close(code=1013)

    async with watching(once) as watch:
        await watch.until(lambda: watch.prices() == [1.0])
        assert watch.monitor.state().state is FeedStatus.LIVE
        watch.monitor.changed.clear()
        watch.monitor.closed()
        assert watch.monitor.changed.is_set()
        assert watch.monitor.state().state is FeedStatus.DELAYED
