"""signals-service decides closed candles, with its real siblings, PostgreSQL and Valkey."""

import asyncio
from collections import Counter

import orjson
import pytest

from decided_market import DecidedMarket, served, until
from service_process import running_service
from signal_siblings import NOWHERE, SignalSiblings
from signals_service.app import build_app
from trading_core.candle_origin import CandleOrigin
from trading_core.decision.engine import DEFAULT_ENGINE
from trading_core.timeframe import MINUTE_MS

pytestmark = pytest.mark.integration

FIRST_BUY = 4
"""Bar 6 is the next, on the same side; all others up to there are HOLD."""


async def test_every_live_candle_is_decided_once_with_every_source(
    siblings: SignalSiblings, market: DecidedMarket
) -> None:
    async with served(build_app(siblings.settings(market))):
        for bar in range(4):
            await market.close(bar)
            await market.decided(bar + 1)
    rows = await market.signals()
    assert [row["timestamp"] for row in rows] == [market.open_ms(bar) for bar in range(4)]
    assert {row["origin"] for row in rows} == {"live"}
    assert {row["engine_version"] for row in rows} == {DEFAULT_ENGINE.version}
    for row in rows:
        assert set(orjson.loads(row["inputs"])["sources"].values()) == {"present"}


async def test_each_decision_is_told_to_the_room_and_ends_the_hold_before_it(
    siblings: SignalSiblings, market: DecidedMarket
) -> None:
    async with served(build_app(siblings.settings(market))):
        for bar in range(2):
            await market.close(bar)
            await market.decided(bar + 1)
    first, second = await market.signals()
    assert (first["status"], second["status"]) == ("expired", "active")
    assert first["closed_at_ms"] == second["decided_at_ms"]
    told = [orjson.loads(row["payload"]) for row in await market.said() if row[0] == "new_signal"]
    assert [one["id"] for one in told] == [str(first["id"]), str(second["id"])]
    assert [one["status"] for one in told] == ["active", "active"]
    kinds = await market.database.fetch(
        "SELECT kind FROM signal_events WHERE signal_id = $1 ORDER BY number", first["id"]
    )
    assert [row["kind"] for row in kinds] == ["opened", "replaced"]


async def test_a_signal_on_the_side_of_a_running_one_continues_it(
    siblings: SignalSiblings, market: DecidedMarket
) -> None:
    async with served(build_app(siblings.settings(market))):
        for bar in range(8):
            await market.close(bar)
            await market.decided(bar + 1)
    rows = await market.signals()
    types = [row["signal_type"] for row in rows]
    assert types == ["HOLD"] * 4 + ["BUY", "HOLD", "BUY", "HOLD"]
    first, second = rows[FIRST_BUY], rows[FIRST_BUY + 2]
    assert (first["continues"], second["continues"]) == (None, first["id"])
    assert (first["status"], second["status"]) == ("active", "expired")
    said = [(row["event"], orjson.loads(row["payload"])) for row in await market.said()]
    updates = [body for event, body in said if event == "signal_update"]
    assert [(one["id"], one["status"]) for one in updates] == [
        (str(second["id"]), "active"),
        (str(second["id"]), "expired"),
    ]
    assert Counter(event for event, _ in said)["new_signal"] == 7


async def test_healed_candles_and_slow_decisions_are_late_and_told_to_nobody(
    siblings: SignalSiblings, market: DecidedMarket
) -> None:
    async with served(build_app(siblings.settings(market))):
        await market.store([0], CandleOrigin.HEALED)
        await market.decided(1)
        await market.close(1, after_ms=5 * MINUTE_MS)
        await market.decided(2)
    rows = await market.signals()
    assert [(row["origin"], row["status"]) for row in rows] == [("late", "expired")] * 2
    assert "new_signal" not in {row["event"] for row in await market.said()}


async def test_a_late_decision_still_ends_the_hold_before_it(
    siblings: SignalSiblings, market: DecidedMarket
) -> None:
    async with served(build_app(siblings.settings(market))):
        await market.close(0)
        await market.decided(1)
        await market.close(1, after_ms=5 * MINUTE_MS)
        await market.decided(2)
    rows = await market.signals()
    assert [(row["origin"], row["status"]) for row in rows] == [
        ("live", "expired"),
        ("late", "expired"),
    ]


async def test_candles_from_before_we_watched_are_left_to_a_rebuild(
    siblings: SignalSiblings, market: DecidedMarket
) -> None:
    async with served(build_app(siblings.settings(market))):
        await market.close(0)
        await market.decided(1)
    assert len(await market.signals()) == 1


async def test_without_optional_sources_a_decision_names_them(
    siblings: SignalSiblings, market: DecidedMarket
) -> None:
    settings = siblings.settings(
        market,
        patterns_service_url=NOWHERE,
        market_service_url=NOWHERE,
        ml_service_url=NOWHERE,
    )
    async with served(build_app(settings)) as client:
        await market.close(0)
        (row,) = await market.decided(1)
        metrics = (await client.get("/metrics")).text
    assert orjson.loads(row["inputs"])["sources"] == {
        "indicators": "present",
        "patterns": "absent: patterns cannot be reached",
        "volume": "absent: market cannot be reached",
        "prediction": "absent: ml cannot be reached",
    }
    told = orjson.loads((await market.said())[-1]["payload"])
    assert told["degraded"] == ["patterns", "volume", "prediction"]
    assert 'signals_degraded_total{source="patterns"} 1.0' in metrics


async def test_a_hole_is_waited_for_and_shown_and_then_everything_is_decided(
    siblings: SignalSiblings, market: DecidedMarket
) -> None:
    async with served(build_app(siblings.settings(market))) as client:

        async def waiting_for() -> str:
            (series,) = [
                one
                for one in (await client.get("/status")).json()["series"]
                if one["timeframe"] == market.series.timeframe
            ]
            return series["waitingFor"] or ""

        async def waits() -> bool:
            return "candles" in await waiting_for()

        await market.close(0)
        await market.decided(1)
        await market.close(2)
        await until(waits, "a hole that is shown")
        assert str(market.open_ms(1)) in await waiting_for()
        await market.store([1], CandleOrigin.HEALED, market.close_ms(2) + 900)
        rows = await market.decided(3)
        assert await waiting_for() == ""
    assert [row["origin"] for row in rows] == ["live", "late", "live"]


async def test_what_never_comes_is_given_up_by_name_and_the_next_candle_is_tried(
    siblings: SignalSiblings, market: DecidedMarket
) -> None:
    settings = siblings.settings(market, analysis_service_url=NOWHERE, skip_after_seconds=0.1)
    async with served(build_app(settings)) as client:
        await market.close(0)
        await market.close(1)

        async def both_skipped() -> bool:
            return len(await _skips(market)) == 2

        await until(both_skipped, "two skip rows")
        metrics = (await client.get("/metrics")).text
    assert {row["missing"] for row in await _skips(market)} == {
        "indicators: analysis cannot be reached"
    }
    assert await market.signals() == []
    symbol, timeframe = market.series.key
    assert f'signals_skipped_total{{symbol="{symbol}",timeframe="{timeframe}"}} 2.0' in metrics


async def test_a_candle_that_comes_behind_the_cursor_is_decided_too(
    siblings: SignalSiblings, market: DecidedMarket
) -> None:
    async with served(build_app(siblings.settings(market))):
        await market.store([0], CandleOrigin.LIVE)
        await market.decided(1)
    await market.database.execute(
        "UPDATE decision_cursors SET decided_until_ms = $1 WHERE symbol = $2",
        market.open_ms(9),
        market.series.symbol.compact,
    )
    await market.store([1], CandleOrigin.HEALED)
    async with served(build_app(siblings.settings(market))):
        rows = await market.decided(2)
    assert [row["origin"] for row in rows][1] == "late"


async def test_a_candle_closed_while_nobody_ran_is_decided_at_the_start(
    siblings: SignalSiblings, market: DecidedMarket
) -> None:
    await market.store(range(3), CandleOrigin.LIVE)
    async with served(build_app(siblings.settings(market))):
        rows = await market.decided(3)
    assert len(rows) == 3


async def test_two_replicas_decide_each_candle_once(
    siblings: SignalSiblings, market: DecidedMarket
) -> None:
    apps = [build_app(siblings.settings(market)) for _ in range(2)]
    async with served(apps[0]), served(apps[1]):
        for bar in range(6):
            await market.close(bar)
            await market.decided(bar + 1)
        await asyncio.sleep(1)  # for a second decision, should there be one
    rows = await market.signals()
    assert len(rows) == len({row["timestamp"] for row in rows}) == 6
    told = [row for row in await market.said() if row["event"] == "new_signal"]
    assert len(told) == 6


async def test_replicas_that_are_killed_leave_no_candle_undecided(
    siblings: SignalSiblings, market: DecidedMarket
) -> None:
    environment = siblings.environment(market)
    bars = iter(range(12))
    for _ in range(2):
        with (
            running_service("signals_service", environment, siblings.folder) as one,
            running_service("signals_service", environment, siblings.folder) as other,
        ):
            for _ in range(3):
                await market.close(next(bars))
            one.kill()
            await market.close(next(bars))
            other.kill()
        await market.close(next(bars))
    with running_service("signals_service", environment, siblings.folder):
        closed = next(bars)
        rows = await market.decided(closed)
    assert Counter(row["timestamp"] for row in rows) == Counter(
        market.open_ms(bar) for bar in range(closed)
    )


async def test_without_valkey_every_candle_is_decided_a_little_later(
    siblings: SignalSiblings, market: DecidedMarket
) -> None:
    nowhere = NOWHERE.replace("http", "redis")
    async with served(build_app(siblings.settings(market, redis_url=nowhere))) as client:
        await market.close(0)
        await market.decided(1)
        symbol, timeframe = market.series.key
        params = {"symbol": symbol, "timeframe": timeframe}
        latest = await client.get("/api/signals/latest", params=params)
    assert latest.json()["data"]["timestamp"] == market.open_ms(0)


async def _skips(market: DecidedMarket) -> list[dict[str, object]]:
    rows = await market.database.fetch(
        "SELECT * FROM signal_skips WHERE symbol = $1", market.series.symbol.compact
    )
    return [dict(row) for row in rows]
