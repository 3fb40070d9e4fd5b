"""The public routes of patterns-service on a real PostgreSQL and Valkey."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import SecretStr
from redis import Redis

from candle_history import CandleHistory, candle_history, without_bars
from in_process import in_process
from patterns_service.app import build_app
from patterns_service.settings import PatternsSettings
from run_module import run_module
from trading_core.candle_origin import CandleOrigin
from trading_core.patterns.catalogue import CATALOGUE
from trading_core.patterns.scan import scan
from trading_core.patterns.sightings import PatternSighting
from walked_hours import BARS, CANDLES, FIRST_MS, SERIES, STORED, at, set_clock

pytestmark = pytest.mark.integration

SIGHTINGS = scan(STORED, FIRST_MS, FIRST_MS).sightings()
NO_REDIS = "redis://127.0.0.1:1/0"
RECENT = "/api/patterns/recent"
COMMAND = ("patterns_service.detect_history", "--symbol", "ETH/USDT", "--timeframe", "1h")


def between(since: int, until: int) -> list[PatternSighting]:
    """Newest first."""
    found = [one for one in SIGHTINGS if at(since) <= one.opened_at_ms < at(until)]
    return sorted(found, key=lambda one: -one.opened_at_ms)


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
    settings = PatternsSettings(
        database_url=SecretStr(database_url), redis_url=SecretStr(redis_url), clock_file=clock_file
    )
    return in_process(build_app(settings))


@pytest.fixture
async def client(
    database_url: str, redis_url: str, clock_file: Path
) -> AsyncIterator[httpx.AsyncClient]:
    async with running(database_url, redis_url, clock_file) as client:
        yield client


async def recent(client: httpx.AsyncClient, **query: object) -> dict[str, Any]:
    answer = await client.get(RECENT, params={name: str(value) for name, value in query.items()})
    assert answer.status_code == 200, answer.text
    data: dict[str, Any] = answer.json()["data"]
    assert data["count"] == len(data["patterns"])
    return data


def assert_are(rows: list[dict[str, Any]], sightings: list[PatternSighting]) -> None:
    found = [(row["timestamp"], row["patternType"], row["strength"]) for row in rows]
    assert found == [(one.opened_at_ms, one.pattern_type, one.strength) for one in sightings]


async def test_recent_patterns_are_scanned_for_a_new_user_and_spelt_as_in_the_contract(
    client: httpx.AsyncClient, history: CandleHistory
) -> None:
    await history.store(STORED)
    answer = await recent(client)
    assert (answer["symbol"], answer["timeframe"], answer["missing"]) == ("ETHUSDT", "1h", [])
    assert_are(answer["patterns"], between(0, BARS)[:10])
    row, newest = answer["patterns"][0], between(0, BARS)[0]
    assert set(row) == {
        *("id", "symbol", "timeframe", "timestamp", "patternType", "signal", "strength"),
        *("description", "createdAt"),
    }
    assert row["signal"] == newest.pattern_type.direction
    assert row["description"] == CATALOGUE[newest.pattern_type].description
    assert len({row["id"] for row in answer["patterns"]}) == 10
    assert await recent(client, symbol="ETH/USDT", timeframe="1h", limit=10) == answer
    many = await recent(client, limit=5_000)
    assert_are(many["patterns"], between(BARS - 1_000, BARS))


async def test_a_range_is_scanned_on_demand(
    client: httpx.AsyncClient, history: CandleHistory
) -> None:
    await history.store(STORED)
    part = await recent(client, since=at(300), until=at(500), limit=5_000)
    assert_are(part["patterns"], between(300, 500))
    assert_are((await recent(client, since=at(2_400), limit=3))["patterns"], between(0, BARS)[:3])
    assert_are((await recent(client, until=at(400), limit=5))["patterns"], between(0, 400)[:5])
    assert (await recent(client, since=at(BARS)))["patterns"] == []
    whole = await recent(client, since=0, limit=5_000)
    assert_are(whole["patterns"], between(0, BARS))


async def test_nothing_is_stored_twice_or_repainted(
    client: httpx.AsyncClient, history: CandleHistory
) -> None:
    await history.store(STORED)
    queries = [{"since": at(i * 100), "until": at(i * 100 + 900)} for i in range(8)]
    await asyncio.gather(*(recent(client, limit=5_000, **query) for query in queries))
    before = await history.fetch("SELECT * FROM patterns ORDER BY 3, 4")
    assert [(row[2], row[3]) for row in before] == sorted(
        (one.opened_at_ms, one.pattern_type.value) for one in between(0, 1_600)
    )
    for bar in range(500, 520):
        await history.revise(at(bar), at(BARS))
    await asyncio.gather(*(recent(client, limit=5_000, **query) for query in queries))
    assert await history.fetch("SELECT * FROM patterns ORDER BY 3, 4") == before


async def test_a_new_bar_is_looked_at_although_the_last_answer_is_cached(
    client: httpx.AsyncClient, history: CandleHistory, clock_file: Path
) -> None:
    await history.store(STORED)
    await recent(client)
    await history.store(CANDLES[BARS:], CandleOrigin.LIVE)
    set_clock(clock_file, BARS + 1)
    await asyncio.sleep(0.15)
    await recent(client)
    (scanned,) = (await history.fetch("SELECT upper(scanned) FROM pattern_scans"))[0]
    assert scanned == at(BARS + 1)


async def test_answers_come_from_redis_and_without_it_from_the_database(
    database_url: str, redis_url: str, clock_file: Path, history: CandleHistory
) -> None:
    await history.store(STORED)
    async with running(database_url, redis_url, clock_file) as client:
        kept = await recent(client)
        with Redis.from_url(redis_url) as redis:
            (key,) = redis.keys("patterns:ETHUSDT:1h:*")
            assert 0 < redis.ttl(key) <= 60
        await history.connection.execute("UPDATE patterns SET strength = 1")
        assert await recent(client) == kept
    async with running(database_url, NO_REDIS, clock_file) as client:
        assert {row["strength"] for row in (await recent(client))["patterns"]} == {1}


async def test_detection_answers_the_newest_three_bars(
    client: httpx.AsyncClient, history: CandleHistory
) -> None:
    until = next(i for i in range(2_300, BARS) if len(between(i - 3, i)) > 1)
    await history.store(STORED[:until])
    answers = [(await client.post("/api/patterns/detect")).json() for _ in range(2)]
    assert answers[0] == answers[1]
    data = answers[0]["data"]
    assert (data["symbol"], data["timeframe"]) == ("ETHUSDT", "1h")
    assert_are(data["patterns"], between(until - 3, until))
    assert set(data["patterns"][0]) == {
        *("patternType", "signal", "strength", "description", "timestamp")
    }


async def test_bars_in_the_shadow_of_a_hole_are_named_until_it_is_healed(
    client: httpx.AsyncClient, history: CandleHistory
) -> None:
    await history.store(without_bars(STORED, slice(2_400, 2_402)))
    for _ in range(2):
        answer = await recent(client, limit=5_000)
        assert answer["missing"] == [[at(2_402), at(BARS)]]
        assert_are(answer["patterns"], between(BARS - 1_002, 2_400))
    detection = await client.post("/api/patterns/detect")
    assert (detection.status_code, detection.json()["error"]["type"]) == (409, "candles_missing")
    await history.store(STORED[2_400:2_402], CandleOrigin.HEALED)
    healed = await recent(client, limit=5_000)
    assert healed["missing"] == []
    assert_are(healed["patterns"], between(BARS - 1_002, BARS))
    assert (await client.post("/api/patterns/detect")).status_code == 200


async def test_before_the_first_candle_it_says_that_there_is_none(
    client: httpx.AsyncClient,
) -> None:
    for answer in (await client.get(RECENT), await client.post("/api/patterns/detect")):
        assert (answer.status_code, answer.json()["error"]["type"]) == (503, "unavailable")


async def test_readiness_names_the_database_and_metrics_count_bars_and_holes(
    client: httpx.AsyncClient, history: CandleHistory
) -> None:
    await history.store(without_bars(STORED, slice(100, 101)))
    assert (await client.get("/readyz")).json()["checks"] == {"database": "ok"}
    await recent(client, since=at(90), until=at(111))
    metrics = (await client.get("/metrics")).text
    assert 'patterns_bars_held_up_total{timeframe="1h"} 10.0' in metrics
    assert 'patterns_bars_scanned_total{timeframe="1h"} 10.0' in metrics


async def test_the_command_stores_all_history_and_says_how_far_it_is(
    database_url: str, history: CandleHistory, client: httpx.AsyncClient
) -> None:
    await history.store(STORED)
    stored = []
    for _ in range(2):
        output, code = await run_module(database_url, *COMMAND)
        last = json.loads(output.splitlines()[-1])
        assert (code, last["done"], last["total"], last["leftOut"]) == (0, BARS, BARS, 0)
        stored.append(last["stored"])
    assert stored == [len(SIGHTINGS), 0]
    whole = await recent(client, since=0, limit=5_000)
    assert_are(whole["patterns"], between(0, BARS))
