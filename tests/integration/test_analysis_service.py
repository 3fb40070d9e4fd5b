"""The public routes of analysis-service on a real PostgreSQL and Valkey."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest
from pydantic import SecretStr
from redis import Redis

from analysis_service.app import build_app
from analysis_service.indicator_row import CONTRACT_NAMES
from analysis_service.settings import AnalysisSettings
from candle_history import CandleHistory, candle_history, without_bars
from eth_cli.temporary_servers import temporary_valkey
from in_process import in_process
from run_module import run_module
from trading_core.candle_origin import CandleOrigin
from trading_core.indicators.reading import read_indicators
from trading_core.indicators.series import indicator_series
from trading_core.indicators.values import IndicatorSeries
from walked_hours import BARS, CANDLES, FIRST_MS, SERIES, STORED, at, set_clock

pytestmark = pytest.mark.integration

NO_REDIS = "redis://127.0.0.1:1/0"
PAGE = "/api/analysis/history"
COMMAND = ("analysis_service.calculate_history", "--symbol", "ETH/USDT", "--timeframe", "1h")


@pytest.fixture
async def history(database_url: str) -> AsyncIterator[CandleHistory]:
    async with candle_history(database_url, SERIES, FIRST_MS) as history:
        yield history


@pytest.fixture
def clock_file(tmp_path: Path) -> Path:
    file = tmp_path / "clock.json"
    set_clock(file, BARS)
    return file


def running(
    database_url: str, redis_url: str, clock_file: Path
) -> AbstractAsyncContextManager[httpx.AsyncClient]:
    settings = AnalysisSettings(
        database_url=SecretStr(database_url), redis_url=SecretStr(redis_url), clock_file=clock_file
    )
    return in_process(build_app(settings))


@pytest.fixture
async def client(
    database_url: str, redis_url: str, clock_file: Path
) -> AsyncIterator[httpx.AsyncClient]:
    async with running(database_url, redis_url, clock_file) as client:
        yield client


async def ask(client: httpx.AsyncClient, path: str, **query: object) -> dict[str, Any]:
    answer = await client.get(path, params={name: str(value) for name, value in query.items()})
    assert answer.status_code == 200, answer.text
    data: dict[str, Any] = answer.json()["data"]
    return data


async def page(client: httpx.AsyncClient, **query: object) -> dict[str, Any]:
    return await ask(client, PAGE, **query)


def assert_equals_batch(found: dict[str, Any], batch: IndicatorSeries, opens: list[int]) -> None:
    assert found["timestamps"] == opens
    rows = np.searchsorted(batch.open_time_ms, opens)
    for key, name in CONTRACT_NAMES.items():
        values = np.array(found["indicators"][name], dtype=np.float64)
        assert values.tobytes() == getattr(batch, key)[rows].tobytes(), key


async def test_the_newest_bar_is_answered_as_the_contract_spells_it(
    client: httpx.AsyncClient, history: CandleHistory
) -> None:
    await history.store(STORED)
    answer = await ask(client, "/api/analysis/indicators")
    for symbol in ("ETHUSDT", "ETH/USDT"):
        query = {"symbol": symbol, "timeframe": "1h"}
        assert answer == await ask(client, "/api/analysis/indicators", **query)
    snapshot = indicator_series(STORED, FIRST_MS, FIRST_MS).at(-1)
    row = answer["indicators"]
    assert (answer["symbol"], answer["timeframe"]) == ("ETHUSDT", "1h")
    assert set(row) == {
        *("id", "symbol", "timeframe", "timestamp", "createdAt"), *CONTRACT_NAMES.values()
    }  # fmt: skip
    for key, name in CONTRACT_NAMES.items():
        assert float(row[name]) == getattr(snapshot, key)
        assert isinstance(row[name], str)
    reading = read_indicators(snapshot, float(STORED.close[-1]))
    analysis = answer["analysis"]
    assert (analysis["signal"], analysis["strength"]) == (reading.signal, reading.strength)
    assert set(analysis["details"]) == {"rsi", "macd", "ema", "bollinger"}
    assert analysis["details"]["rsi"] == {"value": snapshot.rsi, "signal": reading.rsi.signal}
    assert analysis["details"]["macd"]["signalLine"] == snapshot.macd_signal
    assert analysis["details"]["ema"]["ema200"] == snapshot.ema_200


async def test_an_older_bar_is_answered_too_and_a_future_one_is_not_known(
    client: httpx.AsyncClient, history: CandleHistory
) -> None:
    await history.store(STORED)
    answer = await ask(client, "/api/analysis/indicators", timestamp=at(300))
    assert answer["indicators"]["timestamp"] == at(300)
    assert answer["indicators"]["ema200"] is None
    future = await client.get("/api/analysis/indicators", params={"timestamp": at(BARS)})
    assert (future.status_code, future.json()["error"]["type"]) == (404, "not_found")


async def test_a_new_bar_is_answered_at_once_although_the_last_one_is_cached(
    client: httpx.AsyncClient, history: CandleHistory, clock_file: Path
) -> None:
    await history.store(STORED)
    for path in ("/api/analysis/indicators", PAGE):
        await ask(client, path)
    await history.store(CANDLES[BARS:], CandleOrigin.LIVE)
    set_clock(clock_file, BARS + 1)
    await asyncio.sleep(0.15)
    newest = await ask(client, "/api/analysis/indicators")
    assert newest["indicators"]["timestamp"] == at(BARS)
    assert (await page(client))["timestamps"][-1] == at(BARS)


async def test_answers_come_from_redis_and_without_it_from_the_database(
    database_url: str, redis_url: str, clock_file: Path, history: CandleHistory
) -> None:
    await history.store(STORED)
    async with running(database_url, redis_url, clock_file) as client:
        kept = [await ask(client, path) for path in ("/api/analysis/indicators", PAGE)]
        with Redis.from_url(redis_url) as redis:
            assert len(redis.keys("indicators:ETHUSDT:1h:*")) == 2
            assert all(redis.ttl(key) <= 60 for key in redis.keys("indicators:*"))
        await history.connection.execute("UPDATE indicators SET rsi = 1")
        assert [await ask(client, path) for path in ("/api/analysis/indicators", PAGE)] == kept
    async with running(database_url, NO_REDIS, clock_file) as client:
        assert (await ask(client, "/api/analysis/indicators"))["indicators"]["rsi"] == "1"
        assert (await page(client))["indicators"]["rsi"][-1] == 1.0


async def test_redis_may_die_at_any_time(
    database_url: str, clock_file: Path, history: CandleHistory
) -> None:
    await history.store(STORED[:-1])
    await history.store(STORED[-1:], CandleOrigin.LIVE)
    bar = {"symbol": "ETHUSDT", "timeframe": "1h", "timestamp": str(at(BARS - 1))}
    with temporary_valkey() as valkey:
        async with running(database_url, valkey.redis_url, clock_file) as client:
            alive = [await ask(client, path) for path in ("/api/analysis/indicators", PAGE)]
            valkey.kill()
            assert (await client.post("/closed-bar", params=bar)).status_code == 200
            dead = [await ask(client, path) for path in ("/api/analysis/indicators", PAGE)]
    assert dead == alive
    assert await history.fetch("SELECT count(*) FROM room_events") == [(1,)]


async def test_a_page_is_computed_on_demand_and_equals_the_batch(
    client: httpx.AsyncClient, history: CandleHistory
) -> None:
    await history.store(STORED)
    batch = indicator_series(STORED, FIRST_MS, FIRST_MS)
    opens = batch.open_time_ms.tolist()
    newest = await page(client, limit=5)
    assert_equals_batch(newest, batch, opens[-5:])
    assert (newest["closedUntil"], newest["missing"]) == (at(BARS), [])
    assert_equals_batch(await page(client, since=at(1_990), limit=30), batch, opens[1_990:2_020])
    assert_equals_batch(await page(client, until=at(2_010), limit=30), batch, opens[1_980:2_010])
    part = await page(client, since=at(10) + 1, until=at(13))
    assert_equals_batch(part, batch, opens[11:13])
    assert part["indicators"]["rsi"] == [None, None]
    assert_equals_batch(await page(client, limit=5_000), batch, opens)
    assert await history.fetch("SELECT count(*) FROM indicators") == [(BARS,)]
    assert (await page(client, since=at(BARS)))["timestamps"] == []


async def test_all_who_ask_at_once_for_what_nobody_has_computed_get_the_same_page(
    client: httpx.AsyncClient, history: CandleHistory
) -> None:
    await history.store(STORED)
    found = await asyncio.gather(*(page(client, since=at(500), limit=50) for _ in range(6)))
    batch = indicator_series(STORED, FIRST_MS, FIRST_MS)
    assert_equals_batch(found[0], batch, [at(i) for i in range(500, 550)])
    assert found == found[:1] * 6


async def test_nothing_is_stored_twice_or_repainted(
    client: httpx.AsyncClient, history: CandleHistory
) -> None:
    await history.store(STORED)
    await asyncio.gather(*(page(client, since=at(i * 100), limit=1_000) for i in range(8)))
    before = await history.fetch("SELECT * FROM indicators ORDER BY timestamp")
    await history.revise(at(1_000), at(BARS))
    found = await asyncio.gather(*(page(client, since=0, limit=1_700) for _ in range(3)))
    assert found == found[:1] * 3
    assert await history.fetch("SELECT * FROM indicators ORDER BY timestamp") == before


async def test_bars_in_the_shadow_of_a_hole_are_left_out_and_named_until_it_is_healed(
    client: httpx.AsyncClient, history: CandleHistory
) -> None:
    await history.store(without_bars(STORED, slice(1_000, 1_002)))
    batch = indicator_series(STORED, FIRST_MS, FIRST_MS)
    for _ in range(2):
        found = await page(client, since=at(990), limit=50)
        assert found["missing"] == [[at(1_002), at(1_042)]]
        assert_equals_batch(found, batch, [at(i) for i in range(990, 1_000)])
    answer = await client.get("/api/analysis/indicators")
    assert (answer.status_code, answer.json()["error"]["type"]) == (409, "candles_missing")
    assert "2 1h candles of ETH/USDT are missing" in answer.json()["error"]["message"]
    await history.store(STORED[1_000:1_002], CandleOrigin.HEALED)
    healed = await page(client, since=at(990), limit=50)
    assert healed["missing"] == []
    assert_equals_batch(healed, batch, [at(i) for i in range(990, 1_040)])
    assert (await client.get("/api/analysis/indicators")).status_code == 200


async def test_calculating_answers_the_row_and_says_so(
    client: httpx.AsyncClient, history: CandleHistory
) -> None:
    await history.store(STORED)
    answers = [
        (await client.post("/api/analysis/calculate?symbol=ETH/USDT")).json() for _ in range(2)
    ]
    assert answers[0] == answers[1]
    newest = await ask(client, "/api/analysis/indicators")
    assert answers[0]["data"] == newest["indicators"]
    assert answers[0]["message"] == "Indicators of ETH/USDT 1h calculated"
    assert await history.fetch("SELECT count(*) FROM room_events") == [(0,)]


async def test_before_the_first_candle_it_says_that_there_is_none(
    client: httpx.AsyncClient, history: CandleHistory
) -> None:
    del history
    for path in ("/api/analysis/indicators", PAGE):
        answer = await client.get(path)
        assert (answer.status_code, answer.json()["error"]["type"]) == (503, "unavailable")
        assert answer.json()["error"]["message"] == "there are no 1h candles of ETH/USDT yet"


async def test_readiness_names_the_database_and_metrics_count_bars_and_holes(
    client: httpx.AsyncClient, history: CandleHistory
) -> None:
    await history.store(without_bars(STORED, slice(100, 101)))
    assert (await client.get("/readyz")).json()["checks"] == {"database": "ok"}
    await client.get("/api/analysis/indicators")
    await page(client, since=at(90), limit=20)
    metrics = (await client.get("/metrics")).text
    assert 'analysis_bars_held_up_total{timeframe="1h"} 11.0' in metrics
    assert 'analysis_bars_computed_total{timeframe="1h"} 10.0' in metrics


async def test_the_command_stores_all_history_and_says_how_far_it_is(
    database_url: str, history: CandleHistory, client: httpx.AsyncClient
) -> None:
    await history.store(without_bars(STORED, slice(2_500, 2_501)))
    stored = []
    for _ in range(2):
        output, code = await run_module(database_url, *COMMAND)
        last = json.loads(output.splitlines()[-1])
        assert code == 0
        assert {**last, "stored": 0} == {
            "symbol": "ETHUSDT",
            "timeframe": "1h",
            "done": BARS,
            "total": BARS,
            "stored": 0,
            "leftOut": 99,
        }
        stored.append(last["stored"])
    assert stored == [2_500, 0]
    batch = indicator_series(STORED, FIRST_MS, FIRST_MS)
    found = await page(client, limit=5_000)
    assert_equals_batch(found, batch, batch.open_time_ms[:2_500].tolist())
    assert found["missing"] == [[at(2_501), at(BARS)]]


@pytest.mark.parametrize(
    "wrong", [("--symbol", "nonsense"), ("--timeframe", "2m"), ("--since", "x")]
)
async def test_the_command_refuses_nonsense_in_a_sentence(
    database_url: str, wrong: tuple[str, str]
) -> None:
    usual = ("--symbol", "ETHUSDT", "--timeframe", "1h")
    output, code = await run_module(
        database_url, "analysis_service.calculate_history", *usual, *wrong
    )
    assert (output, code) == ("", 2)
