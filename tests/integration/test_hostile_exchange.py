"""Hostile frames by the thousand, and as many answers over REST: nothing invalid is stored.

`HOSTILE_PAYLOADS=10000` makes it ten thousand of each, in two minutes.
"""

import asyncio
import json
import os
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import stamina
from aiohttp import web
from prometheus_client import CollectorRegistry
from sqlalchemy import text
from websockets.asyncio.server import ServerConnection, serve

from hostile_payloads import Json, damaged, hostile
from market_service.candle_store import Bar, CandleStore, StoredCandle
from market_service.collect_candles import CandleCollector
from market_service.coverage_store import CoverageStore
from market_service.errors import ExchangeError
from market_service.exchange_rest import ExchangeRest
from market_service.exchange_time import ExchangeTime
from market_service.fault_log import FaultLog
from market_service.feed_monitor import FeedMonitor
from market_service.fetch_candles import CandleFetcher
from market_service.frames import TickerFrame
from market_service.judge_frame import FrameJudge
from market_service.live_stream import LiveStream, MarketFrame
from market_service.market_metrics import MarketMetrics
from market_service.witness import Witness
from market_service.write_closed_candles import ClosedCandleWriter
from service_kit.clock import Clock, ClockState
from service_kit.database import Database, create_database
from service_kit.series import Series, all_series
from service_kit.settings import DatabaseSettings
from trading_core.symbol import Symbol
from trading_core.timeframe import MINUTE_MS, Timeframe

pytestmark = pytest.mark.integration

HOSTILE = int(os.environ.get("HOSTILE_PAYLOADS", "1000"))
SEED = 20
BETWEEN = 100
"""Hostile frames between two good ones."""
ETH = Symbol("ETH", "USDT")
SERIES = Series(ETH, Timeframe.M1)
NOW_MS = 1_722_807_000_000
BAR_MS = NOW_MS - MINUTE_MS
BARS = 5
FIGURES = ("2500.10000000", "2500.90000000", "2499.00000000", "2500.50000000", "12.30000000")
STORED = "SELECT symbol, timeframe::text, timestamp, open, high, low, close, volume FROM ohlcv_data"


@pytest.fixture
async def engine(database_settings: DatabaseSettings) -> AsyncIterator[Database]:
    engine = create_database(database_settings)
    yield engine
    await engine.dispose()


@pytest.fixture
def clock(tmp_path: Path) -> Clock:
    """It stands, so that what is the future stays it."""
    path = tmp_path / "clock.json"
    ClockState(NOW_MS + 2_000, None).write(path)
    return Clock(path)


class ExchangeClock:
    async def server_time_ms(self) -> int:
        return NOW_MS + 2_000


async def nobody(_stored: Iterable[StoredCandle]) -> None:
    """Who is told of what was stored."""


def kline(*, closed: bool = True) -> Json:
    opened, high, low, close, volume = FIGURES
    bar = {
        "t": BAR_MS, "T": BAR_MS + MINUTE_MS - 1, "s": "ETHUSDT", "i": "1m", "f": 100, "L": 200,
        "o": opened, "c": close, "h": high, "l": low, "v": volume, "n": 100,
        "x": closed, "q": "1.0", "V": "500", "Q": "0.5", "B": "0",
    }  # fmt: skip
    return {"stream": "s", "data": {"e": "kline", "E": NOW_MS, "s": "ETHUSDT", "k": bar}}


def price(value: int) -> Json:
    fields = {"e": "24hrMiniTicker", "E": NOW_MS, "s": "ETHUSDT", "c": str(value)}
    return {"stream": "s", "data": fields | {"o": "1", "h": "9", "l": "1", "v": "1", "q": "1"}}


def rows() -> Json:
    o, h, low, c, v = FIGURES
    opens = (NOW_MS - n * MINUTE_MS for n in range(BARS, -1, -1))
    return [
        [t, o, h, low, c, v, t + MINUTE_MS - 1, "1", 1, "1", "1", "0"]
        for t in opens
    ]  # fmt: skip


async def invalid(engine: Database) -> list[Any]:
    """Rows that no exchange can have meant, judged by rules of the test's own."""
    async with engine.connect() as connection:
        stored = (await connection.execute(text(STORED))).all()
    return [row for row in stored if not _is_sound(*row)]


def _is_sound(symbol: str, timeframe: str, opened: int, *figures: Any) -> bool:  # noqa: ANN401 - SQL
    o, h, low, c, v = figures
    duration = Timeframe(timeframe).duration_ms
    return (
        symbol == "ETHUSDT"
        and opened % duration == 0
        and 0 <= opened <= NOW_MS + 2_000 - duration
        and all(figure.is_finite() for figure in figures)
        and 0 < low <= min(o, c) <= max(o, c) <= h
        and v >= 0
    )


@dataclass
class Feed:
    """The stream's client and all behind it that a frame reaches."""

    judge: FrameJudge
    writer: ClosedCandleWriter
    monitor: FeedMonitor
    prices: list[float] = field(default_factory=list)
    doubts: set[Bar] = field(default_factory=set)

    def receive(self, frame: MarketFrame) -> None:
        if isinstance(frame, TickerFrame):
            self.prices.append(frame.price)
        elif self.judge.admits(frame) and frame.closed:
            self.writer.offer(frame.candle)


@pytest.fixture
async def feed(engine: Database, clock: Clock) -> Feed:
    metrics = MarketMetrics(CollectorRegistry())
    faults = FaultLog(clock, metrics.faults)
    time = ExchangeTime(ExchangeClock(), clock, faults)
    await time.keep_measured()
    witness = Witness(CoverageStore(engine), time, clock)
    doubts: set[Bar] = set()
    writer = ClosedCandleWriter(CandleStore(engine), witness, time, nobody, doubts.add, metrics)
    monitor = FeedMonitor(clock, "test", "live", metrics, faults)
    return Feed(FrameJudge(time, faults), writer, monitor, doubts=doubts)


async def test_no_frame_stops_the_stream_or_is_stored_unless_it_is_sound(
    engine: Database, clock: Clock, feed: Feed, capsys: pytest.CaptureFixture[str]
) -> None:
    frames = hostile(damaged([kline(), kline(closed=False), price(5)]), HOSTILE, SEED)
    good = [10**9 + number for number in range(0, HOSTILE, BETWEEN)]

    async def serve_all(connection: ServerConnection) -> None:
        for number, value in enumerate(good):
            for frame in frames[number * BETWEEN : (number + 1) * BETWEEN]:
                await connection.send(frame.decode(errors="replace"), text=True)
            await connection.send(json.dumps(price(value)))
        await connection.send(json.dumps(kline()))
        await connection.wait_closed()

    async with serve(serve_all, "127.0.0.1", 0) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        stream = LiveStream(
            [f"ws://127.0.0.1:{port}"],
            all_series([ETH]),
            feed.receive,
            lambda: None,
            feed.monitor,
            clock,
        )
        running = asyncio.create_task(stream.run())
        async with asyncio.timeout(120):
            while good[-1] not in feed.prices:  # noqa: ASYNC110 - what is waited for is no event
                await asyncio.sleep(0.05)
        running.cancel()
        await asyncio.wait({running})
    await feed.writer.write()
    assert [value for value in feed.prices if value in good] == good
    assert feed.monitor.connections == 1
    assert await invalid(engine) == []
    _print(capsys, f"{HOSTILE} frames, seed {SEED}", feed.monitor.faults)


@dataclass
class Answers:
    """An exchange that gives one body after the other, and tells the time."""

    bodies: list[bytes]
    given: int = 0

    async def answer(self, request: web.Request) -> web.Response:
        if request.path.endswith("/time"):
            return web.json_response({"serverTime": NOW_MS + 2_000})
        body = self.bodies[self.given % len(self.bodies)]
        self.given += 1
        status = 200 if self.given % 5 else 400
        return web.Response(status=status, body=body, content_type="application/json")


@pytest.fixture
def asked_once() -> Iterable[None]:
    stamina.set_testing(True, attempts=1)
    yield
    stamina.set_testing(False)


@pytest.mark.usefixtures("asked_once")
async def test_no_answer_over_rest_is_stored_unless_it_is_sound(
    engine: Database, clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = Answers(
        hostile(damaged([rows(), rows(), {"code": -1121, "msg": "x"}]), HOSTILE, SEED)
    )
    app = web.Application()
    app.router.add_get("/{path:.*}", answers.answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    metrics = MarketMetrics(CollectorRegistry())
    faults = FaultLog(clock, metrics.faults)
    url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    exchange = ExchangeRest((url,), Unlimited(), clock, metrics, faults)
    time = ExchangeTime(exchange, clock, faults)
    coverage, candles = CoverageStore(engine), CandleStore(engine)
    witness = Witness(coverage, time, clock)
    fetcher = CandleFetcher(exchange, candles, coverage, witness, time, nobody, faults)
    collector = CandleCollector(exchange, fetcher, coverage, time, faults)
    failures = 0
    while answers.given < HOSTILE:
        try:
            await collector.fetch_newest(SERIES, BARS)
        except ExchangeError:
            failures += 1
    assert await invalid(engine) == []
    answers.bodies = [json.dumps(rows()).encode()]
    answers.given = 0
    await collector.fetch_newest(SERIES, BARS)
    async with engine.connect() as connection:
        found = (await connection.execute(text(f"{STORED} ORDER BY timestamp DESC"))).all()
    assert [str(figure) for figure in found[0][3:]] == list(FIGURES)
    await exchange.close()
    await runner.cleanup()
    _print(capsys, f"{HOSTILE} answers, seed {SEED}, {failures} refused", faults)


class Unlimited:
    async def spend(self, weight: int) -> int:
        return weight

    async def learn(self, used_weight: int) -> None:
        """Nothing is learned."""

    async def block(self, until_ms: int) -> None:
        raise AssertionError(f"blocked until {until_ms}")


def _print(capsys: pytest.CaptureFixture[str], what: str, faults: FaultLog) -> None:
    counted = ", ".join(f"{kind} {tally.count}" for kind, tally in faults.tallies.items())
    with capsys.disabled():
        print(f"\n{what}: {counted}")  # noqa: T201 - the figures are the point
