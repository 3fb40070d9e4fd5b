"""POST /closed-bar of analysis-service on a real PostgreSQL."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from analysis_service.app import build_app
from analysis_service.indicator_row import CONTRACT_NAMES
from analysis_service.settings import AnalysisSettings
from candle_history import CandleHistory, candle_history, random_walk, without_bars
from in_process import in_process
from service_kit.series import Series
from trading_core.candle_origin import CandleOrigin
from trading_core.indicators.series import indicator_series
from trading_core.indicators.values import INDICATORS
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

pytestmark = pytest.mark.integration

SERIES = Series(Symbol("ETH", "USDT"), Timeframe.M5)
BAR_MS = SERIES.bar_ms
FIRST_MS = 5_700 * 1_000 * BAR_MS
CANDLES = random_walk(SERIES, FIRST_MS, 2_600)
NEWEST_MS = CANDLES.last_open_ms


@pytest.fixture
async def history(database_url: str) -> AsyncIterator[CandleHistory]:
    async with candle_history(database_url, SERIES, FIRST_MS) as history:
        yield history


@pytest.fixture
async def client(database_url: str, redis_url: str) -> AsyncIterator[httpx.AsyncClient]:
    settings = AnalysisSettings(
        database_url=SecretStr(database_url), redis_url=SecretStr(redis_url)
    )
    async with in_process(build_app(settings)) as client:
        yield client


def at(bar: int) -> int:
    return FIRST_MS + bar * BAR_MS


async def close(client: httpx.AsyncClient, open_ms: int = NEWEST_MS) -> httpx.Response:
    query: dict[str, str | int] = {"symbol": "ETHUSDT", "timeframe": "5m", "timestamp": open_ms}
    return await client.post("/closed-bar", params=query)


async def close_bar(client: httpx.AsyncClient, open_ms: int = NEWEST_MS) -> dict[str, Any]:
    answer = await close(client, open_ms)
    assert answer.status_code == 200, answer.text
    data: dict[str, Any] = answer.json()["data"]
    return data


async def test_a_closed_bar_equals_the_batch_over_its_candles(
    client: httpx.AsyncClient, history: CandleHistory
) -> None:
    await history.store(CANDLES)
    batch = indicator_series(CANDLES, FIRST_MS, FIRST_MS)
    for row in (0, 300, 2_001, -1):
        opened_ms = int(CANDLES.open_time_ms[row])
        answer = await close_bar(client, opened_ms)
        snapshot = batch.at(row)
        assert answer["indicators"] == {name: getattr(snapshot, name) for name in INDICATORS}
        assert answer["close"] == CANDLES.close[row]
        used = answer["candles"]
        part = CANDLES.between(used["fromMs"], used["untilMs"])
        assert (used["untilMs"], used["hash"]) == (opened_ms + BAR_MS, part.content_hash())


async def test_a_live_bar_is_announced_once_however_many_ask_at_once(
    client: httpx.AsyncClient, history: CandleHistory
) -> None:
    await history.store(CANDLES[:-1])
    await history.store(CANDLES[-1:], CandleOrigin.LIVE)
    answers = await asyncio.gather(*(close_bar(client) for _ in range(12)))
    assert answers == answers[:1] * 12
    ((room, seq, event, payload),) = await history.fetch(
        "SELECT room, seq, event, payload FROM room_events"
    )
    assert (room, seq, event) == ("ETH/USDT_5m", 1, "indicator_update")
    told = json.loads(payload)
    assert (told["symbol"], told["timeframe"], told["timestamp"]) == ("ETHUSDT", "5m", NEWEST_MS)
    shown = {name: float(told["indicators"][CONTRACT_NAMES[name]]) for name in INDICATORS}
    assert shown == answers[0]["indicators"]
    assert told["indicators"]["timestamp"] == NEWEST_MS


@pytest.mark.parametrize("origin", [CandleOrigin.HEALED, CandleOrigin.BACKFILL])
async def test_what_was_not_seen_live_is_stored_and_not_announced(
    client: httpx.AsyncClient, history: CandleHistory, origin: CandleOrigin
) -> None:
    await history.store(CANDLES, origin)
    await close_bar(client)
    assert await history.fetch("SELECT count(*) FROM room_events") == [(0,)]
    assert await history.fetch("SELECT timestamp, announced FROM indicators") == [
        (NEWEST_MS, False)
    ]


async def test_what_was_shown_is_not_repainted_by_a_revision(
    client: httpx.AsyncClient, history: CandleHistory
) -> None:
    await history.store(CANDLES)
    first = await close_bar(client)
    await history.revise(NEWEST_MS, NEWEST_MS + 2 * BAR_MS)
    second = await close_bar(client)
    assert second["candles"]["hash"] != first["candles"]["hash"]
    assert second["indicators"]["rsi"] != first["indicators"]["rsi"]
    stored = await history.fetch("SELECT rsi FROM indicators")
    assert stored == [(first["indicators"]["rsi"],)]


async def test_a_hole_waits_and_once_healed_the_value_is_the_batch(
    client: httpx.AsyncClient, history: CandleHistory
) -> None:
    await history.store(without_bars(CANDLES, slice(2_100, 2_103)))
    answer = await close(client)
    assert (answer.status_code, answer.json()["error"]["type"]) == (409, "candles_missing")
    assert (
        f"3 5m candles of ETH/USDT are missing, the first opens at {FIRST_MS + 2_100 * BAR_MS}"
        in answer.text
    )
    await history.store(CANDLES[2_100:2_103], CandleOrigin.HEALED)
    healed = await close_bar(client)
    expected = indicator_series(CANDLES, NEWEST_MS, FIRST_MS).at(-1)
    assert healed["indicators"] == {name: getattr(expected, name) for name in INDICATORS}


async def test_an_outage_is_no_hole(client: httpx.AsyncClient, history: CandleHistory) -> None:
    known = without_bars(CANDLES, slice(2_100, 2_103))
    await history.store(known)
    await history.record_outage(at(2_100), at(2_103))
    answer = await close_bar(client)
    expected = indicator_series(known, NEWEST_MS, FIRST_MS).at(-1)
    assert answer["indicators"]["ema_200"] == expected.ema_200
    lost = await close(client, at(2_101))
    assert lost.json()["error"]["type"] == "candles_missing"


@pytest.mark.parametrize("open_ms", [at(2_600), at(-1), 0, SERIES.timeframe.bar_open(2**53)])
async def test_a_bar_that_is_not_stored_is_missing(
    client: httpx.AsyncClient, history: CandleHistory, open_ms: int
) -> None:
    await history.store(CANDLES)
    answer = await close(client, open_ms)
    assert (answer.status_code, answer.json()["error"]["type"]) == (409, "candles_missing")
