"""POST /closed-bar of patterns-service on a real PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from candle_history import CandleHistory, candle_history, random_walk, without_bars
from in_process import in_process
from patterns_service.app import build_app
from patterns_service.settings import PatternsSettings
from service_kit.series import Series
from trading_core.candle_origin import CandleOrigin
from trading_core.patterns.scan import scan
from trading_core.patterns.sightings import PatternSighting
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

pytestmark = pytest.mark.integration

SERIES = Series(Symbol("ETH", "USDT"), Timeframe.M5)
BAR_MS = SERIES.bar_ms
FIRST_MS = 5_700 * 1_000 * BAR_MS
CANDLES = random_walk(SERIES, FIRST_MS, 2_600)
NEWEST_MS = CANDLES.last_open_ms
STORED = "SELECT timestamp, pattern_type::text, strength FROM patterns ORDER BY 1, 2"


@pytest.fixture
async def history(database_url: str) -> AsyncIterator[CandleHistory]:
    async with candle_history(database_url, SERIES, FIRST_MS) as history:
        yield history


@pytest.fixture
async def client(database_url: str, redis_url: str) -> AsyncIterator[httpx.AsyncClient]:
    settings = PatternsSettings(
        database_url=SecretStr(database_url), redis_url=SecretStr(redis_url)
    )
    async with in_process(build_app(settings)) as client:
        yield client


def at(bar: int) -> int:
    return FIRST_MS + bar * BAR_MS


async def close(client: httpx.AsyncClient, open_ms: int = NEWEST_MS, **more: int) -> httpx.Response:
    query: dict[str, str | int] = {
        "symbol": "ETHUSDT",
        "timeframe": "5m",
        "timestamp": open_ms,
        **more,
    }
    return await client.post("/closed-bar", params=query)


async def close_bar(
    client: httpx.AsyncClient, open_ms: int = NEWEST_MS, **more: int
) -> dict[str, Any]:
    answer = await close(client, open_ms, **more)
    assert answer.status_code == 200, answer.text
    data: dict[str, Any] = answer.json()["data"]
    return data


def found_in_batch(since_ms: int, until_ms: int) -> list[PatternSighting]:
    batch = scan(CANDLES, FIRST_MS, FIRST_MS).sightings()
    return [one for one in batch if since_ms <= one.opened_at_ms < until_ms]


def as_json(sightings: list[PatternSighting]) -> list[dict[str, Any]]:
    return [
        {
            "timestamp": one.opened_at_ms,
            "patternType": one.pattern_type.value,
            "strength": one.strength,
        }
        for one in sightings
    ]


@pytest.mark.parametrize("bars", [1, 12, 100])
async def test_the_last_bars_equal_the_batch_over_their_candles(
    client: httpx.AsyncClient, history: CandleHistory, bars: int
) -> None:
    await history.store(CANDLES)
    for row in (5, 300, 2_001, 2_599):
        answer = await close_bar(client, at(row), bars=bars)
        assert answer["patterns"] == as_json(found_in_batch(at(row + 1 - bars), at(row + 1)))
        used = answer["candles"]
        part = CANDLES.between(used["fromMs"], used["untilMs"])
        assert (used["untilMs"], used["hash"]) == (at(row + 1), part.content_hash())


async def test_only_the_closed_bar_is_stored_and_once_however_many_ask_at_once(
    client: httpx.AsyncClient, history: CandleHistory
) -> None:
    await history.store(CANDLES)
    for bar in range(2_560, 2_600):
        answers = await asyncio.gather(*(close_bar(client, at(bar)) for _ in range(3)))
        assert answers == answers[:1] * 3
    expected = [
        (one.opened_at_ms, one.pattern_type.value, one.strength)
        for one in found_in_batch(at(2_560), at(2_600))
    ]
    assert len(expected) > 3
    assert await history.fetch(STORED) == sorted(expected)
    ((scanned,),) = await history.fetch("SELECT scanned FROM pattern_scans")
    assert [(part.lower, part.upper) for part in scanned] == [(at(2_560), at(2_600))]


async def test_what_was_shown_is_not_repainted_by_a_revision(
    client: httpx.AsyncClient, history: CandleHistory
) -> None:
    await history.store(CANDLES)
    bar_ms = found_in_batch(at(2_500), at(2_600))[0].opened_at_ms
    await close_bar(client, bar_ms)
    await close_bar(client, bar_ms + BAR_MS)
    before = await history.fetch(STORED)
    for open_ms in (bar_ms, bar_ms + BAR_MS):
        await history.revise(open_ms, NEWEST_MS + 2 * BAR_MS)
        await close_bar(client, open_ms)
    assert await history.fetch(STORED) == before


async def test_a_hole_waits(client: httpx.AsyncClient, history: CandleHistory) -> None:
    await history.store(without_bars(CANDLES, slice(2_590, 2_591)))
    answer = await close(client)
    assert (answer.status_code, answer.json()["error"]["type"]) == (409, "candles_missing")
    await history.store(CANDLES[2_590:2_591], CandleOrigin.HEALED)
    assert (await close_bar(client))["patterns"] == as_json(found_in_batch(at(2_588), at(2_600)))


async def test_an_outage_breaks_a_pattern_but_is_no_hole(
    client: httpx.AsyncClient, history: CandleHistory
) -> None:
    known = without_bars(CANDLES, slice(2_590, 2_591))
    await history.store(known)
    await history.record_outage(at(2_590), at(2_591))
    batch = scan(known, at(2_587), FIRST_MS).sightings()
    assert (await close_bar(client))["patterns"] == as_json(batch)
    lost = await close(client, at(2_590))
    assert lost.json()["error"]["type"] == "candles_missing"


@pytest.mark.parametrize("open_ms", [at(2_600), at(-1), 0, SERIES.timeframe.bar_open(2**53)])
async def test_a_bar_that_is_not_stored_is_missing(
    client: httpx.AsyncClient, history: CandleHistory, open_ms: int
) -> None:
    await history.store(CANDLES)
    answer = await close(client, open_ms)
    assert (answer.status_code, answer.json()["error"]["type"]) == (409, "candles_missing")
