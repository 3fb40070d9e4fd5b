"""An exchange that unmodified ccxt need not be told is not real."""

import asyncio
import os
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

import pytest
from ccxt.base.errors import DDoSProtection
from ccxt.pro.binance import binance

from service_kit.clock import ClockState
from service_process import running_service

pytestmark = pytest.mark.integration

UpdateT = TypeVar("UpdateT")

MINUTE_MS = 60_000
REPLAY_START_MS = 1_722_807_000_000  # 2024-08-04T21:30Z
SIMULATED_START_MS = 1_764_547_200_000  # 2025-12-01T00:00Z
SPEED = 60.0


@contextmanager
def running_simulator(folder: Path, recordings: Sequence[Path] = ()) -> Iterator[str]:
    """As a process of its own; its clock has just started. Gives host and port.

    It replays the recordings, or makes up a market where there are none.
    """
    clock_file = folder / "clock.json"
    settings = {
        "SIMULATOR_FEED": "replay" if recordings else "simulated",
        "SIMULATOR_RECORDINGS": os.pathsep.join(map(str, recordings)),
        "CLOCK_FILE": str(clock_file),
        "SYMBOLS": "ETH/USDT",
    }
    epoch_ms = REPLAY_START_MS if recordings else SIMULATED_START_MS
    ClockState(epoch_ms, int(time.time() * 1000), SPEED).write(clock_file)
    with running_service("exchange_simulator", settings, folder) as service:
        yield service.url.removeprefix("http://")


@pytest.fixture(scope="module")
def recordings(shared_data: Path) -> list[Path]:
    return [shared_data / f"ETHUSDT-{name}.parquet" for name in ("1m-2024-07", "1h-2017-2024")]


@pytest.fixture(scope="module", params=["replay", "simulated"])
def exchange_host(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    recordings = request.getfixturevalue("recordings") if request.param == "replay" else ()
    with running_simulator(tmp_path_factory.mktemp("simulator"), recordings) as host:
        yield host


def pointed_at(host: str) -> binance:
    options = {"defaultType": "spot", "fetchMarkets": {"types": ["spot"]}, "fetchCurrencies": False}
    exchange = binance({"options": options})
    exchange.urls["api"]["public"] = exchange.urls["api"]["private"] = f"http://{host}/api/v3"
    exchange.urls["api"]["v1"] = f"http://{host}/api/v1"
    exchange.urls["api"]["ws"]["spot"] = f"ws://{host}/ws/stream"
    return exchange


@pytest.fixture
async def exchange(exchange_host: str) -> AsyncIterator[binance]:
    exchange = pointed_at(exchange_host)
    yield exchange
    await exchange.close()


async def until(
    watch: Callable[[], Awaitable[UpdateT]], satisfied: Callable[[UpdateT], bool]
) -> UpdateT:
    """Watches on until an update satisfies."""
    async with asyncio.timeout(20):
        while not satisfied(update := await watch()):
            pass
        return update


async def test_markets_are_loaded(exchange: binance) -> None:
    markets = await exchange.load_markets()
    assert list(markets) == ["ETH/USDT"]
    assert markets["ETH/USDT"]["spot"]
    assert markets["ETH/USDT"]["active"]
    assert markets["ETH/USDT"]["precision"]["price"] == 0.01


async def test_time_is_the_stacks_event_time(exchange: binance) -> None:
    earlier = await exchange.fetch_time()
    await asyncio.sleep(0.2)
    later = await exchange.fetch_time()
    assert 0.2 * SPEED * 1000 <= later - earlier < 5 * SPEED * 1000


async def test_more_than_5000_candles_are_paged_without_a_hole(exchange: binance) -> None:
    now_ms = await exchange.fetch_time()
    since = now_ms - now_ms % MINUTE_MS - 5_400 * MINUTE_MS
    found: list[list[float]] = []
    while len(found) < 5_400:
        found += await exchange.fetch_ohlcv("ETH/USDT", "1m", since=since, limit=1000)
        since = int(found[-1][0]) + MINUTE_MS
    assert all(later[0] - earlier[0] == MINUTE_MS for earlier, later in pairwise(found))
    assert all(low <= min(o, c) <= max(o, c) <= high for _, o, high, low, c, _ in found)


@pytest.mark.parametrize("timeframe", ["1m", "5m", "15m", "30m", "1h", "4h", "1d"])
async def test_every_timeframe_has_history_and_an_open_bar(
    exchange: binance, timeframe: str
) -> None:
    newest = await exchange.fetch_ohlcv("ETH/USDT", timeframe, limit=5)
    now_ms = await exchange.fetch_time()
    duration_ms = exchange.parse_timeframe(timeframe) * 1000
    assert len(newest) == 5
    assert now_ms - duration_ms - 5 * SPEED * 1000 < newest[-1][0] <= now_ms


async def test_the_ticker_agrees_with_the_candles(exchange: binance) -> None:
    ticker = await exchange.fetch_ticker("ETH/USDT")
    candles = await exchange.fetch_ohlcv("ETH/USDT", "1m", limit=10)
    assert min(c[3] for c in candles) * 0.99 < ticker["last"] < max(c[2] for c in candles) * 1.01
    assert ticker["low"] <= ticker["last"] <= ticker["high"]
    assert ticker["bid"] < ticker["ask"]


async def test_candles_are_watched_across_a_close(exchange: binance) -> None:
    first = (await exchange.watch_ohlcv("ETH/USDT", "1m"))[-1]
    later = await until(
        lambda: exchange.watch_ohlcv("ETH/USDT", "1m"),
        lambda candles: bool(candles[-1][0] >= first[0] + 2 * MINUTE_MS),
    )
    closed_ms = int(later[-1][0]) - MINUTE_MS
    watched = next(candle for candle in exchange.ohlcvs["ETH/USDT"]["1m"] if candle[0] == closed_ms)
    (fetched,) = await exchange.fetch_ohlcv("ETH/USDT", "1m", since=closed_ms, limit=1)
    assert list(watched) == fetched


async def test_the_ticker_is_watched(exchange: binance) -> None:
    first = await exchange.watch_ticker("ETH/USDT")
    later = await until(
        lambda: exchange.watch_ticker("ETH/USDT"),
        lambda ticker: bool(ticker["timestamp"] > first["timestamp"]),
    )
    assert later["last"] > 0


async def test_the_order_book_and_the_best_prices_agree(exchange: binance) -> None:
    await exchange.load_markets()
    book = await exchange.fetch_order_book("ETH/USDT", limit=20)
    best = (await exchange.fetch_bids_asks(["ETH/USDT"]))["ETH/USDT"]
    assert (len(book["bids"]), len(book["asks"])) == (20, 20)
    assert all(higher[0] > lower[0] for higher, lower in pairwise(book["bids"]))
    assert all(lower[0] < higher[0] for lower, higher in pairwise(book["asks"]))
    assert book["bids"][0][0] < book["asks"][0][0]
    assert best["bid"] < best["ask"]
    assert abs(best["bid"] / book["bids"][0][0] - 1) < 0.05


async def test_trades_are_paged_and_are_the_minutes_volume(exchange: binance) -> None:
    now_ms = await exchange.fetch_time()
    since = now_ms - now_ms % MINUTE_MS - 20 * MINUTE_MS
    until = since + 10 * MINUTE_MS - 1
    trades = await exchange.fetch_trades("ETH/USDT", since, 1000, {"until": until})
    candles = await exchange.fetch_ohlcv("ETH/USDT", "1m", since=since, limit=10)
    for opened, *_, close, volume in candles:
        own = [trade for trade in trades if opened <= trade["timestamp"] < opened + MINUTE_MS]
        assert sum(trade["amount"] for trade in own) == pytest.approx(volume, rel=1e-9)
        assert own[-1]["price"] == close
    ids = [int(trade["id"]) for trade in trades]
    assert ids == sorted(set(ids))
    later = await exchange.fetch_trades("ETH/USDT", None, 5, {"fromId": ids[7]})
    assert [int(trade["id"]) for trade in later] == ids[7:12]


async def test_trades_are_watched(exchange: binance) -> None:
    seen: dict[str, float] = {}
    async with asyncio.timeout(20):
        while len(seen) < 20:
            for trade in await exchange.watch_trades("ETH/USDT"):
                seen[trade["id"]] = trade["price"]
    assert list(map(int, seen)) == sorted(map(int, seen))
    (last,) = (await exchange.fetch_ohlcv("ETH/USDT", "1m", limit=1))[-1:]
    assert abs(list(seen.values())[-1] / last[4] - 1) < 0.05


async def test_the_best_prices_are_watched(exchange: binance) -> None:
    await exchange.load_markets()
    best = (await exchange.watch_bids_asks(["ETH/USDT"]))["ETH/USDT"]
    assert 0 < best["bid"] < best["ask"]
    assert best["bidVolume"] > 0


async def test_too_much_weight_is_refused_and_going_on_is_a_ban(tmp_path: Path) -> None:
    with running_simulator(tmp_path) as host:
        exchange = pointed_at(host)
        exchange.enableRateLimit = False
        try:
            refusals = await refusals_until_banned(exchange)
            retry_after = int(exchange.last_response_headers["Retry-After"])
        finally:
            await exchange.close()
    assert refusals == ["429"] * (len(refusals) - 1) + ["418"]
    assert len(refusals) > 1
    assert retry_after == 120


async def refusals_until_banned(exchange: binance) -> list[str]:
    """The status of every refused request, the last of them the ban."""
    refusals: list[str] = []
    while "418" not in refusals:
        try:
            await exchange.fetch_tickers()
        except DDoSProtection as error:
            refusals.append(str(error).split()[1])
    return refusals
