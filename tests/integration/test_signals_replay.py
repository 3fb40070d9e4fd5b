"""A stored signal is decided again from what it was decided from, and equals itself bit for bit."""

from decimal import Decimal
from typing import Any
from uuid import uuid4

import httpx
import pytest

from decided_market import EPOCH_MS, DecidedMarket, served
from service_kit.database import create_database
from signal_siblings import NOWHERE, SignalSiblings
from signals_service.app import build_app
from signals_service.confidence_map_store import ConfidenceMapStore
from signals_service.engine_store import EngineStore
from trading_core.decision.confidence import ChancePoint, ConfidenceMap
from trading_core.decision.engine import DEFAULT_ENGINE
from trading_core.decision.sides import Side
from trading_core.timeframe import Timeframe

pytestmark = pytest.mark.integration

FIRST_BUY = 4


async def _replay(client: httpx.AsyncClient, signal_id: object) -> dict[str, Any]:
    answer = await client.post(f"/api/signals/{signal_id}/replay")
    assert answer.status_code == 200, answer.text
    data: dict[str, Any] = answer.json()["data"]
    return data


async def test_every_signal_equals_its_replay(
    siblings: SignalSiblings, market: DecidedMarket
) -> None:
    async with served(build_app(siblings.settings(market))) as client:
        for bar in range(7):
            await market.close(bar)
            await market.decided(bar + 1)
        rows = await market.signals("id, signal_type, score, confidence")
        replays = [await _replay(client, row["id"]) for row in rows]
    assert {row["signal_type"] for row in rows} == {"HOLD", "BUY"}
    assert [one["differences"] for one in replays] == [[]] * 7
    assert all(one["equal"] for one in replays)
    decisions = [one["recomputed"]["decision"] for one in replays]
    assert [one["score"] for one in decisions] == [row["score"] for row in rows]


async def test_a_signal_from_before_a_candles_revision_equals_its_replay(
    siblings: SignalSiblings, market: DecidedMarket
) -> None:
    async with served(build_app(siblings.settings(market))) as client:
        await market.close(0)
        await market.decided(1)
        for bar, seen_ms in ((-3, 700), (0, 800)):
            await market.revise(bar, Decimal("2999.99"), market.close_ms(0) + seen_ms)
        await market.close(1)
        await market.decided(2)
        replays = [await _replay(client, row["id"]) for row in await market.signals("id")]
    assert [one["differences"] for one in replays] == [[], []]
    hashes = {one["recomputed"]["candles"]["hash"] for one in replays}
    assert len(hashes) == 2


async def test_a_signal_made_without_optional_sources_equals_its_replay(
    siblings: SignalSiblings, market: DecidedMarket
) -> None:
    settings = siblings.settings(
        market, patterns_service_url=NOWHERE, market_service_url=NOWHERE, ml_service_url=NOWHERE
    )
    async with served(build_app(settings)) as client:
        await market.close(0)
        (row,) = await market.decided(1)
        replay = await _replay(client, row["id"])
    assert replay["equal"]
    assert replay["recomputed"]["bar"]["patterns"] is None


async def test_a_calibrated_signal_is_replayed_with_its_own_map(
    siblings: SignalSiblings, market: DecidedMarket
) -> None:
    settings = siblings.settings(market)
    database = create_database(settings)
    await EngineStore(database).keep(DEFAULT_ENGINE)
    maps = ConfidenceMapStore(database)
    await maps.save(_chances(EPOCH_MS, 0.6))
    async with served(build_app(settings)) as client:
        for bar in range(FIRST_BUY + 1):
            await market.close(bar)
            await market.decided(bar + 1)
        await maps.save(_chances(market.open_ms(FIRST_BUY) + 1, 0.9))
        row = (await market.signals())[FIRST_BUY]
        replay = await _replay(client, row["id"])
    await database.dispose()
    assert (row["signal_type"], row["calibrated"], row["confidence"]) == ("BUY", True, 60.0)
    assert replay["differences"] == []


def _chances(fitted_until_ms: int, chance: float) -> ConfidenceMap:
    return ConfidenceMap(
        side=Side.BUY,
        timeframe=Timeframe.H1,
        engine_version=DEFAULT_ENGINE.version,
        fitted_until_ms=fitted_until_ms,
        outcomes=40,
        historical_outcomes=0,
        points=(ChancePoint(0.4, chance),),
    )


async def test_what_was_changed_behind_our_back_is_named(
    siblings: SignalSiblings, market: DecidedMarket
) -> None:
    async with served(build_app(siblings.settings(market))) as client:
        await market.close(0)
        (row,) = await market.decided(1)
        await market.database.execute(
            "UPDATE signals SET score = 0.5,"
            " inputs = jsonb_set(inputs, '{bar,indicators,rsi}', '1') WHERE id = $1",
            row["id"],
        )
        await market.database.execute(
            "UPDATE ohlcv_data SET volume = volume + 1 WHERE symbol = $1 AND timestamp = $2",
            market.series.symbol.compact,
            market.open_ms(-1),
        )
        replay = await _replay(client, row["id"])
    assert not replay["equal"]
    fields = {one["field"] for one in replay["differences"]}
    assert {"decision.score", "bar.indicators.rsi", "candles.hash"} <= fields


async def test_an_unknown_signal_cannot_be_replayed(
    siblings: SignalSiblings, market: DecidedMarket
) -> None:
    async with served(build_app(siblings.settings(market))) as client:
        answer = await client.post(f"/api/signals/{uuid4()}/replay")
    assert (answer.status_code, answer.json()["error"]["type"]) == (404, "not_found")
