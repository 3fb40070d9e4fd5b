"""What signals-service answers over REST, with its real siblings, PostgreSQL and Valkey."""

from typing import Any
from uuid import uuid4

import httpx
import pytest

from decided_market import HISTORY_BARS, DecidedMarket, served
from signal_siblings import NOWHERE, SignalSiblings
from signals_service.app import build_app
from trading_core.candle_origin import CandleOrigin
from trading_core.decision.engine import DEFAULT_ENGINE

pytestmark = pytest.mark.integration

FIRST_BUY = 4
CONTRACT = {
    "id": str,
    "symbol": str,
    "timeframe": str,
    "signalType": str,
    "status": str,
    "confidence": float,
    "entryPrice": str,
    "entryZoneMin": str,
    "entryZoneMax": str,
    "stopLoss": str,
    "takeProfit1": str,
    "takeProfit2": str,
    "takeProfit3": str,
    "riskRewardRatio": float,
    "reasoning": dict,
    "timestamp": int,
    "createdAt": str,
    "closedAt": type(None),
    "exitPrice": type(None),
    "profitLossPercent": type(None),
}
"""Of an active BUY, as the contract lists it."""
EVIDENCE = frozenset({"family", "value", "weight", "points", "sentence"})


async def _generate(client: httpx.AsyncClient, market: DecidedMarket) -> httpx.Response:
    symbol, timeframe = market.series.key
    body = {"symbol": symbol, "timeframe": timeframe}
    return await client.post("/api/signals/generate", json=body)


async def _get(
    client: httpx.AsyncClient, market: DecidedMarket, path: str, **query: str | int
) -> Any:  # noqa: ANN401 - each route's own JSON
    symbol, timeframe = market.series.key
    params = {"symbol": symbol, "timeframe": timeframe, **query}
    answer = await client.get(f"/api/signals/{path}", params=params)
    assert answer.status_code == 200, answer.text
    return answer.json()["data"]


async def test_the_latest_signal_is_the_newest_active_one_right_after_each_decision(
    siblings: SignalSiblings, market: DecidedMarket
) -> None:
    async with served(build_app(siblings.settings(market))) as client:
        assert await _get(client, market, "latest") is None
        for bar in range(3):
            await market.close(bar)
            assert (await _generate(client, market)).json()["data"]["timestamp"] == market.open_ms(
                bar
            )
            latest = await _get(client, market, "latest")
            assert latest["timestamp"] == market.open_ms(bar)


async def test_a_buy_has_every_field_of_the_contract_and_a_score_that_adds_up(
    siblings: SignalSiblings, market: DecidedMarket
) -> None:
    async with served(build_app(siblings.settings(market))) as client:
        for bar in range(FIRST_BUY + 1):
            await market.close(bar)
            await market.decided(bar + 1)
        latest = await _get(client, market, "latest")
    assert latest["signalType"] == "BUY"
    assert {name: type(latest[name]) for name in CONTRACT} == CONTRACT
    reasoning = latest["reasoning"]
    assert {"indicators", "patterns", "mlPrediction", "volumeAnalysis"} <= reasoning.keys()
    assert set(reasoning["mlPrediction"]) >= {"direction", "probability"}
    points = sum(row["points"] for row in reasoning["evidence"])
    assert points == pytest.approx(latest["score"], abs=1e-9)
    assert {frozenset(row) for row in reasoning["evidence"]} == {EVIDENCE}
    assert latest["feePercentPerSide"] == 100 * DEFAULT_ENGINE.risk.fee_per_side


async def test_generate_answers_the_stored_decision_and_stores_none_of_its_own(
    siblings: SignalSiblings, market: DecidedMarket
) -> None:
    async with served(build_app(siblings.settings(market))) as client:
        await market.close(0)
        first = (await _generate(client, market)).json()["data"]
        second = (await _generate(client, market)).json()["data"]
    (row,) = await market.signals()
    assert (first, first["id"], first["origin"]) == (second, str(row["id"]), "live")


async def test_generate_shows_a_preview_of_a_candle_from_before_we_watched(
    siblings: SignalSiblings, market: DecidedMarket
) -> None:
    async with served(build_app(siblings.settings(market))) as client:
        answer = await _generate(client, market)
    preview = answer.json()["data"]
    assert (preview["origin"], preview["status"]) == ("preview", "expired")
    assert preview["timestamp"] == market.open_ms(-1)
    assert await market.signals() == []


async def test_generate_refuses_to_look_across_a_hole(
    siblings: SignalSiblings, market: DecidedMarket
) -> None:
    async with served(build_app(siblings.settings(market))) as client:
        await market.stand_at(market.close_ms(3))
        await market.store([1, 3], CandleOrigin.LIVE)
        answer = await _generate(client, market)
    error = answer.json()["error"]
    assert (answer.status_code, error["type"]) == (409, "candles_missing")
    assert str(market.open_ms(0)) in error["message"]


async def test_generate_without_its_required_source_says_which(
    siblings: SignalSiblings, market: DecidedMarket
) -> None:
    settings = siblings.settings(market, analysis_service_url=NOWHERE)
    async with served(build_app(settings)) as client:
        await market.close(0)
        answer = await _generate(client, market)
    assert answer.status_code == 503
    assert answer.json()["error"]["message"] == "indicators: analysis cannot be reached"


async def test_generate_without_any_candle_is_a_conflict(
    siblings: SignalSiblings, market: DecidedMarket
) -> None:
    async with served(build_app(siblings.settings(market))) as client:
        body = {"symbol": market.series.symbol.slashed, "timeframe": "4h"}
        answer = await client.post("/api/signals/generate", json=body)
    assert (answer.status_code, answer.json()["error"]["type"]) == (409, "conflict")


async def test_history_is_read_page_by_page_newest_first_without_a_loss(
    siblings: SignalSiblings, market: DecidedMarket
) -> None:
    async with served(build_app(siblings.settings(market))) as client:
        for bar in range(5):
            await market.close(bar)
            await market.decided(bar + 1)
        seen: list[int] = []
        page = await _get(client, market, "history", limit=2)
        while True:
            seen += [one["timestamp"] for one in page["signals"]]
            if page["nextCursor"] is None:
                break
            page = await _get(client, market, "history", limit=2, cursor=page["nextCursor"])
        holds = await _get(client, market, "history", signalType="HOLD", status="expired")
        rebuilt = await _get(client, market, "history", origin="historical")
    assert seen == [market.open_ms(bar) for bar in range(4, -1, -1)]
    assert holds["count"] == 4
    assert (rebuilt["count"], rebuilt["signals"]) == (0, [])


async def test_one_signal_shows_its_inputs_and_what_happened_to_it(
    siblings: SignalSiblings, market: DecidedMarket
) -> None:
    async with served(build_app(siblings.settings(market))) as client:
        for bar in range(2):
            await market.close(bar)
            await market.decided(bar + 1)
        first = (await market.signals("id"))[0]["id"]
        answer = await client.get(f"/api/signals/{first}")
    shown = answer.json()["data"]
    assert [event["kind"] for event in shown["events"]] == ["opened", "replaced"]
    candles = shown["inputs"]["candles"]
    assert candles["count"] == HISTORY_BARS + 1
    assert (candles["fromMs"], candles["untilMs"]) == (
        market.open_ms(-HISTORY_BARS),
        market.close_ms(0),
    )


REFUSED: dict[str, tuple[str, str, dict[str, Any], int]] = {
    "half a body": ("POST", "generate", {"content": b"{"}, 400),
    "a list for a body": ("POST", "generate", {"json": [1]}, 400),
    "NUL in a symbol": ("POST", "generate", {"json": {"symbol": "E\x00H"}}, 400),
    "a long symbol": ("POST", "generate", {"json": {"symbol": "A" * 1_000_000}}, 400),
    "a number for a symbol": ("POST", "generate", {"json": {"symbol": 5}}, 400),
    "an unknown timeframe": ("POST", "generate", {"json": {"timeframe": "2h"}}, 400),
    "an unknown symbol": ("POST", "generate", {"json": {"symbol": "XYZ/USDT"}}, 404),
    "an unknown symbol's latest": ("GET", "latest", {"symbol": "XYZUSDT"}, 404),
    "an unknown timeframe's latest": ("GET", "latest", {"timeframe": "1w"}, 400),
    "an empty page": ("GET", "history", {"limit": 0}, 400),
    "a huge page": ("GET", "history", {"limit": 2**63}, 400),
    "a page of NaN": ("GET", "history", {"limit": "NaN"}, 400),
    "a word for a cursor": ("GET", "history", {"cursor": "no cursor"}, 400),
    "NUL for a cursor": ("GET", "history", {"cursor": "\x00"}, 400),
    "a cursor beyond time": ("GET", "history", {"cursor": "OTk5OTk5OTk5OTk5OTk5OS9h"}, 400),
    "an unknown status": ("GET", "history", {"status": "open"}, 400),
    "an unknown type": ("GET", "history", {"signalType": "buy"}, 400),
    "a word for an id": ("GET", "no-uuid", {}, 400),
    "an unknown id": ("GET", str(uuid4()), {}, 404),
    "a word for an id to replay": ("POST", "no-uuid/replay", {}, 400),
}


async def test_wrong_input_is_refused_in_the_envelope(
    siblings: SignalSiblings, market: DecidedMarket
) -> None:
    found = {}
    async with served(build_app(siblings.settings(market))) as client:
        for case, (method, path, given, _) in REFUSED.items():
            query = {"symbol": market.series.symbol.compact, **given} if method == "GET" else None
            body = given if method == "POST" else {}
            answer = await client.request(method, f"/api/signals/{path}", params=query, **body)
            found[case] = (answer.status_code, answer.json()["success"])
    assert found == {case: (status, False) for case, (*_, status) in REFUSED.items()}
