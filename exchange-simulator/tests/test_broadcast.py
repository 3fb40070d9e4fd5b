import json
from collections.abc import Callable

import pytest

from exchange_simulator.broadcast import Broadcast
from exchange_simulator.exchange import Exchange
from exchange_simulator.recorded_market import RecordedMarket
from exchange_simulator.stream_name import kline_stream, mini_ticker_stream, ticker_stream
from exchange_simulator.subscriptions import Listener, Subscriptions
from service_kit.clock import Clock
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

ETH = Symbol("ETH", "USDT")
START_MS = 1_722_816_000_000
HOUR_MS = 3_600_000
NOW_MS = START_MS + 22 * HOUR_MS + 30_000


pytestmark = pytest.mark.anyio


class Wall:
    """A wall clock in milliseconds that stands until it is moved."""

    def __init__(self) -> None:
        self.ms = 0.0

    def __call__(self) -> float:
        return self.ms


@pytest.fixture
def wall() -> Wall:
    return Wall()


@pytest.fixture
def listener() -> Listener:
    return Listener(wrapped=False)


@pytest.fixture
def subscriptions() -> Subscriptions:
    return Subscriptions()


@pytest.fixture
def broadcast(
    market: RecordedMarket,
    clock_at: Callable[..., Clock],
    wall: Wall,
    listener: Listener,
    subscriptions: Subscriptions,
) -> Broadcast:
    klines = [kline_stream(ETH, timeframe) for timeframe in Timeframe]
    subscriptions.add(listener, [*klines, ticker_stream(ETH), mini_ticker_stream(ETH)])
    return Broadcast(Exchange(market), clock_at(NOW_MS, wall=wall, running=True), subscriptions)


def received(listener: Listener) -> list[dict[str, object]]:
    return [json.loads(listener.frames.get_nowait()) for _ in range(listener.frames.qsize())]


def klines_of(frames: list[dict[str, object]]) -> list[dict[str, object]]:
    return [dict(frame["k"]) for frame in frames if isinstance(frame.get("k"), dict)]


async def test_nothing_closes_before_its_time(
    broadcast: Broadcast, wall: Wall, listener: Listener
) -> None:
    wall.ms = 499
    await broadcast.send_due_closes()
    assert received(listener) == []


async def test_a_minute_is_announced_at_its_close_once(
    broadcast: Broadcast, wall: Wall, listener: Listener
) -> None:
    wall.ms = 500
    await broadcast.send_due_closes()
    await broadcast.send_due_closes()
    (frame,) = received(listener)
    (kline,) = klines_of([frame])
    assert frame["E"] == NOW_MS + 30_000
    assert (kline["i"], kline["x"], kline["t"]) == ("1m", True, NOW_MS - 30_000)


async def test_a_late_loop_skips_nothing_and_keeps_the_order(
    broadcast: Broadcast, wall: Wall, listener: Listener
) -> None:
    wall.ms = 2.5 * HOUR_MS / 60
    await broadcast.send_due_closes()
    closed = klines_of(received(listener))
    closes = [int(str(kline["T"])) for kline in closed]
    counts = {t: sum(kline["i"] == t for kline in closed) for t in Timeframe}
    assert closes == sorted(closes)
    assert counts == {"1m": 150, "5m": 30, "15m": 10, "30m": 5, "1h": 2, "4h": 1, "1d": 1}
    assert all(kline["x"] is True for kline in closed)


async def test_the_last_close_of_a_recording_is_announced(
    broadcast: Broadcast, subscriptions: Subscriptions, wall: Wall, listener: Listener
) -> None:
    end_ms = START_MS + 3 * 24 * HOUR_MS
    wall.ms = (end_ms - NOW_MS) / 60
    subscriptions.remove(listener, [kline_stream(ETH, t) for t in list(Timeframe)[:-1]])
    await broadcast.send_due_closes()
    days = klines_of(received(listener))
    assert [int(str(day["T"])) + 1 for day in days] == [
        end_ms - 48 * HOUR_MS,
        end_ms - 24 * HOUR_MS,
        end_ms,
    ]


async def test_due_closes_go_out_before_the_open_frames_of_the_next_bars(
    broadcast: Broadcast, wall: Wall, listener: Listener
) -> None:
    wall.ms = 1_000
    await broadcast.send_due_closes()
    broadcast.send_open_frames(broadcast.clock.now_ms())
    minutes = [k for k in klines_of(received(listener)) if k["i"] == "1m"]
    assert [k["x"] for k in minutes] == [True, False]


async def test_open_frames_and_tickers_agree_on_the_price(
    broadcast: Broadcast, listener: Listener
) -> None:
    broadcast.send_open_frames(broadcast.clock.now_ms())
    frames = received(listener)
    closes = {kline["c"] for kline in klines_of(frames)}
    lasts = {frame["c"] for frame in frames if "k" not in frame}
    assert [frame["e"] for frame in frames] == ["kline"] * 7 + ["24hrTicker", "24hrMiniTicker"]
    assert closes == lasts
    assert len(closes) == 1


async def test_payloads_have_the_fields_of_the_exchange(
    broadcast: Broadcast, listener: Listener
) -> None:
    broadcast.send_open_frames(broadcast.clock.now_ms())
    frames = {str(frame["e"]): frame for frame in received(listener)}
    assert set(frames["kline"]) == set("eEsk")
    assert set(klines_of([frames["kline"]])[0]) == set("tTsifLochlvnxqVQB")
    assert set(frames["24hrTicker"]) == set("eEspPwxcQbBaAohlvqOCFLn")
    assert set(frames["24hrMiniTicker"]) == set("eEscohlvq")
