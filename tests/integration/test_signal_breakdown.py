"""The scorecard taken apart, over real tables, beside the scorecard that it is a part of."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from candle_history import CandleHistory, random_walk
from scorecard_stack import FIRST_MS, HOURS, ScorecardStack, left, scorecard_stack
from service_kit.series import Series
from trading_core.decision.engine import DEFAULT_ENGINE
from trading_core.signal_state import SignalOrigin
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

pytestmark = pytest.mark.integration

PATH = "performance/breakdown"
COUNTS = ("n", "hits", "stopped", "expired", "ambiguous")
PARTS = ("byMonth", "bySide", "byConfidence", "distribution")
CURVE = ("exitMs", "side", "netR", "cumulativeNetR")


@pytest.fixture
async def stack(database_url: str, redis_url: str) -> AsyncIterator[ScorecardStack]:
    async with scorecard_stack(database_url, redis_url) as stack:
        yield stack


async def test_every_part_adds_up_to_the_scorecards_own_total(stack: ScorecardStack) -> None:
    await stack.insert(*left(120, confidence=48.0, calibrated=True), *left(80, first_bar=400))
    found = await stack.ask(PATH)
    card = (await stack.ask("performance", symbol="ETHUSDT", timeframe="1h"))["live"]
    total = dict(found["total"])
    total_net_r = total.pop("totalNetR")
    assert total == card["total"]
    assert found["period"] == card["period"]
    assert found["bySide"][0] | card["buy"] == found["bySide"][0]
    for name in PARTS:
        for count in COUNTS:
            assert sum(part[count] for part in found[name]) == total[count], (name, count)
    for name in (*PARTS[:3], "byEngine", "byTimeframe"):
        added = sum(part["totalNetR"] for part in found[name])
        assert added == pytest.approx(total_net_r), name
    assert found["equity"]["cumulativeNetR"][-1] == pytest.approx(total_net_r)
    assert total["meanNetR"] == pytest.approx(total_net_r / 200)


async def test_the_curve_stands_in_the_order_of_leaving(stack: ScorecardStack) -> None:
    rows = left(60)
    await stack.insert(*rows)
    equity = (await stack.ask(PATH))["equity"]
    assert [len(equity[name]) for name in CURVE] == [60] * 4
    assert equity["thinned"] is False
    wanted = sorted((row.closed_at_ms, row.timestamp, row) for row in rows)
    assert equity["exitMs"] == [closed_ms for closed_ms, _, _ in wanted]
    assert equity["side"] == [row.signal_type for _, _, row in wanted]
    assert equity["netR"] == [row.outcome["netR"] for _, _, row in wanted if row.outcome]


async def test_baselines_end_where_the_scorecards_do(stack: ScorecardStack) -> None:
    await stack.insert(*left(120))
    ours = (await stack.ask(PATH))["equity"]["baselines"]
    card = await stack.ask("performance", symbol="ETHUSDT", timeframe="1h")
    theirs = card["live"]["baselines"]
    drawn, known = ours["randomEntries"], theirs["randomEntries"]
    assert ours["alwaysHoldNetR"] == 0
    assert ours["buyAndHoldPercent"][-1] == theirs["buyAndHoldPercent"]
    assert (drawn["draws"], drawn["seed"]) == (known["draws"], known["seed"])
    for name in ("mean", "percentile5", "percentile95"):
        assert len(drawn[name]) == len(ours["buyAndHoldPercent"]) == 120
        assert drawn[name][-1] == pytest.approx(120 * known["meanNetR"][name], rel=1e-9)


async def test_too_few_outcomes_have_a_curve_and_no_percentage(stack: ScorecardStack) -> None:
    await stack.insert(*left(29))
    found = await stack.ask(PATH)
    assert (found["total"]["verdict"], found["total"]["hitRate"]) == ("too few", None)
    assert len(found["equity"]["exitMs"]) == 29
    assert found["equity"]["baselines"]["randomEntries"] is None
    assert {part["meanNetR"] for part in found["byMonth"]} == {None}


async def test_without_an_outcome_there_is_nothing_to_take_apart(stack: ScorecardStack) -> None:
    found = await stack.ask(PATH)
    assert (found["period"], found["total"]["n"]) == (None, 0)
    assert found["equity"]["baselines"] is None
    assert [found["equity"][name] for name in CURVE] == [[]] * 4
    assert (found["byMonth"], found["byConfidence"], found["byEngine"]) == ([], [], [])
    assert [(part["side"], part["n"]) for part in found["bySide"]] == [("BUY", 0), ("SELL", 0)]


async def test_live_and_rebuilt_signals_are_never_in_one_answer(stack: ScorecardStack) -> None:
    await stack.insert(*left(40, SignalOrigin.HISTORICAL), *left(5, first_bar=400))
    live, historical = [await stack.ask(PATH, origin=name) for name in ("live", "historical")]
    assert (live["origin"], live["total"]["n"], live["engineVersion"]) == ("live", 5, None)
    assert (historical["origin"], historical["total"]["n"]) == ("historical", 40)
    assert historical["engineVersion"] == DEFAULT_ENGINE.version
    assert historical["feed"] == {"kind": "replay", "source": "recording"}


async def test_another_engine_is_shown_beside_and_answered_when_asked_for(
    stack: ScorecardStack,
) -> None:
    rebuilt = SignalOrigin.HISTORICAL
    await stack.insert(
        *left(6, rebuilt), *left(4, rebuilt, first_bar=400, engine_version="another")
    )
    for question, count in (({}, 6), ({"engineVersion": "another"}, 4)):
        found = await stack.ask(PATH, origin="historical", **question)
        assert found["total"]["n"] == count
        assert [part["n"] for part in found["byTimeframe"]] == [count]
        assert [(part["engineVersion"], part["n"]) for part in found["byEngine"]] == [
            (DEFAULT_ENGINE.version, 6),
            ("another", 4),
        ]


async def test_live_signals_of_all_engines_count_unless_one_is_asked_for(
    stack: ScorecardStack,
) -> None:
    await stack.insert(*left(6), *left(4, first_bar=400, engine_version="another"))
    assert (await stack.ask(PATH))["total"]["n"] == 10
    asked = await stack.ask(PATH, engineVersion=DEFAULT_ENGINE.version)
    assert (asked["total"]["n"], asked["engineVersion"]) == (6, DEFAULT_ENGINE.version)


async def test_the_other_timeframes_of_the_symbol_stand_beside(stack: ScorecardStack) -> None:
    quarters = Series(HOURS.symbol, Timeframe.M15)
    bitcoin = Series(Symbol("BTC", "USDT"), Timeframe.M15)
    for series in (quarters, bitcoin):
        candles = random_walk(series, FIRST_MS, 400)
        await CandleHistory(series, stack.history.connection).store(candles)
        await stack.insert(*left(7, series=series, candles=candles))
    await stack.insert(*left(10))
    found = await stack.ask(PATH)
    assert found["total"]["n"] == 10
    assert [(part["timeframe"], part["n"]) for part in found["byTimeframe"]] == [
        ("15m", 7),
        ("1h", 10),
    ]
    assert [part["n"] for part in found["byEngine"]] == [10]


async def test_calibrated_and_uncalibrated_confidence_stand_apart(stack: ScorecardStack) -> None:
    await stack.insert(
        *left(4, confidence=52.0, calibrated=True),
        *left(4, first_bar=300, confidence=58.0, calibrated=True),
        *left(3, first_bar=350, confidence=55.0),
        *left(2, first_bar=400, confidence=100.0),
    )
    keys = ("calibrated", "fromPercent", "untilPercent", "meanConfidence", "n")
    found = (await stack.ask(PATH))["byConfidence"]
    assert [tuple(part[key] for key in keys) for part in found] == [
        (False, 50, 60, 55.0, 3),
        (False, 90, 100, 100.0, 2),
        (True, 50, 60, 55.0, 8),
    ]


async def test_only_signals_since_the_asked_time_count(stack: ScorecardStack) -> None:
    rows = left(10)
    await stack.insert(*rows)
    found = await stack.ask(PATH, since=rows[4].timestamp)
    assert (found["total"]["n"], found["since"]) == (6, rows[4].timestamp)


async def test_a_new_outcome_is_seen_at_once(stack: ScorecardStack) -> None:
    first, second = left(2)
    await stack.insert(first)
    assert (await stack.ask(PATH))["total"]["n"] == 1
    await stack.insert(second)
    assert (await stack.ask(PATH))["total"]["n"] == 2


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ({"engineVersion": "0123456789ab"}, 404),
        ({"engineVersion": "0123456789ab", "origin": "historical"}, 404),
        ({"symbol": "DOGEUSDT"}, 404),
        ({"origin": "late"}, 400),
    ],
)
async def test_a_wrong_question_is_refused_in_the_envelope(
    stack: ScorecardStack, question: dict[str, Any], status: int
) -> None:
    answer = await stack.client.get(f"/api/signals/{PATH}", params=question)
    assert (answer.status_code, answer.json()["success"]) == (status, False)
