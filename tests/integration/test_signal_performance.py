"""The scorecard over real tables: live and rebuilt signals apart, and beside their baselines."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest

from candle_history import CandleHistory, random_walk
from scorecard_stack import FIRST_MS, HOURS, ScorecardStack, left, scorecard_stack
from service_kit.series import Series
from signal_rows import hold, opened
from trading_core.decision.engine import DEFAULT_ENGINE
from trading_core.decision.sides import Side
from trading_core.signal_state import SignalOrigin, SignalStatus
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

pytestmark = pytest.mark.integration

PATH = "/api/signals/performance"
SHARES = ("hitRate", "hitRateLow", "hitRateHigh", "meanNetR", "meanProfitLossPercent")


@pytest.fixture
async def stack(database_url: str, redis_url: str) -> AsyncIterator[ScorecardStack]:
    async with scorecard_stack(database_url, redis_url) as stack:
        yield stack


async def test_too_few_outcomes_have_counts_and_no_percentage(stack: ScorecardStack) -> None:
    await stack.insert(*left(29))
    card = await stack.ask("performance", symbol="ETHUSDT", timeframe="1h")
    total = card["live"]["total"]
    assert (total["n"], total["verdict"]) == (29, "too few")
    assert total["hits"] + total["stopped"] + total["expired"] == 29
    assert [total[name] for name in SHARES] == [None] * len(SHARES)
    assert card["live"]["baselines"]["randomEntries"] is None
    assert card["historical"]["total"]["n"] == 0
    assert card["historical"]["period"] is None


async def test_enough_outcomes_have_their_interval_and_their_baselines(
    stack: ScorecardStack,
) -> None:
    rows = left(120)
    await stack.insert(*rows)
    live = (await stack.ask("performance", symbol="ETHUSDT", timeframe="1h"))["live"]
    total = live["total"]
    hits = [row for row in rows if row.outcome and row.outcome["exitReason"] == "take_profit_1"]
    assert (total["n"], total["hits"], total["verdict"]) == (120, len(hits), None)
    assert total["hitRate"] == len(hits) / 120
    assert 0 < total["hitRateLow"] < total["hitRate"] < total["hitRateHigh"] < 1
    assert total["meanNetR"] == pytest.approx(
        sum(row.outcome["netR"] for row in rows if row.outcome) / 120
    )
    assert (live["buy"]["n"], live["sell"]["n"]) == (60, 60)
    assert live["period"] == {
        "startMs": rows[0].closes_at_ms,
        "endMs": max(row.closed_at_ms or 0 for row in rows),
    }
    baselines = live["baselines"]
    assert baselines["alwaysHoldNetR"] == 0
    assert baselines["buyAndHoldPercent"] is not None
    random = baselines["randomEntries"]
    assert random["meanNetR"]["percentile5"] < random["meanNetR"]["mean"]
    assert random["meanNetR"]["mean"] < random["meanNetR"]["percentile95"]
    assert 0 <= random["shareBelow"] <= 1


async def test_rebuilt_signals_never_count_as_live_ones(stack: ScorecardStack) -> None:
    await stack.insert(*left(40, SignalOrigin.HISTORICAL), *left(5, first_bar=400))
    card = await stack.ask("performance")
    assert (card["live"]["total"]["n"], card["historical"]["total"]["n"]) == (5, 40)
    assert card["live"]["total"]["verdict"] == "too few"
    assert card["historical"]["total"]["verdict"] is None
    assert (card["counts"]["live"]["decided"], card["counts"]["historical"]["decided"]) == (5, 40)


async def test_history_rebuilt_by_another_engine_is_left_out(stack: ScorecardStack) -> None:
    rows = left(3, SignalOrigin.HISTORICAL)
    await stack.insert(*(replace(row, engine_version="another") for row in rows))
    assert (await stack.ask("performance"))["historical"]["total"]["n"] == 0


async def test_what_has_no_outcome_is_counted_by_its_kind(stack: ScorecardStack) -> None:
    buy = opened(Side.BUY, FIRST_MS, HOURS)
    later = [FIRST_MS + bar * HOURS.bar_ms for bar in range(1, 5)]
    await stack.insert(
        buy,
        opened(Side.BUY, later[0], HOURS, continues=buy.id),
        hold(later[1], HOURS),
        opened(Side.SELL, later[2], HOURS, origin=SignalOrigin.LATE, status=SignalStatus.EXPIRED),
        *left(4),
    )
    counts = (await stack.ask("performance"))["counts"]
    live = counts["live"]
    assert (live["active"], live["continuing"], live["hold"], live["decided"]) == (1, 1, 1, 7)
    assert live["closed"] + live["expired"] == 4
    assert counts["late"]["decided"] == 1


async def test_a_question_is_narrowed_by_market_timeframe_and_time(stack: ScorecardStack) -> None:
    bitcoin = Series(Symbol("BTC", "USDT"), Timeframe.M15)
    candles = random_walk(bitcoin, FIRST_MS, 400)
    await CandleHistory(bitcoin, stack.history.connection).store(candles)
    rows = left(10)
    await stack.insert(*rows, *left(20, series=bitcoin, candles=candles))
    everything = await stack.ask("performance")
    assert everything["live"]["total"]["n"] == 30
    assert everything["live"]["baselines"] is None
    assert [(one["symbol"], one["live"]["total"]["n"]) for one in everything["series"]] == [
        ("BTCUSDT", 20),
        ("ETHUSDT", 10),
    ]
    for question, count in (
        ({"symbol": "ETH/USDT"}, 10),
        ({"timeframe": "15m"}, 20),
        ({"symbol": "BTCUSDT", "timeframe": "1h"}, 0),
        ({"symbol": "ETHUSDT", "since": rows[4].timestamp}, 6),
    ):
        assert (await stack.ask("performance", **question))["live"]["total"]["n"] == count, question


async def test_a_new_outcome_is_seen_at_once(stack: ScorecardStack) -> None:
    first, second = left(2)
    await stack.insert(first)
    assert (await stack.ask("performance"))["live"]["total"]["n"] == 1
    await stack.insert(second)
    assert (await stack.ask("performance"))["live"]["total"]["n"] == 2


async def test_the_feed_is_named(stack: ScorecardStack) -> None:
    card = await stack.ask("performance")
    assert card["feed"] == {"kind": "replay", "source": "recording"}
    assert card["engineVersion"] == DEFAULT_ENGINE.version


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ({"symbol": "DOGEUSDT"}, 404),
        ({"symbol": "?"}, 400),
        ({"timeframe": "2h"}, 400),
        ({"since": "yesterday"}, 400),
        ({"since": -1}, 400),
        ({"since": 2**63}, 400),
    ],
)
async def test_a_wrong_question_is_refused_in_the_envelope(
    stack: ScorecardStack, question: dict[str, Any], status: int
) -> None:
    answer = await stack.client.get(PATH, params=question)
    assert answer.status_code == status
    assert answer.json()["success"] is False
