"""Live signals are followed on closed minutes, on a real PostgreSQL and a real Valkey."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import orjson
import pandas as pd
import pytest
from redis.asyncio import Redis

from candle_history import CandleHistory, connect, random_walk, without_bars
from service_kit import candle_queries
from service_kit.background import running
from service_kit.database import Database, create_database
from service_kit.event_bus import EventBus
from service_kit.events import ClosedCandleHint, Stream
from service_kit.series import Series
from service_kit.settings import DatabaseSettings
from signal_rows import ETH_5M, hold, insert, opened
from signals_service import outcome_store
from signals_service.follow_outcomes import OutcomeFollower
from signals_service.outcome_store import OutcomeStore
from signals_service.signal_outcome import outcome_json, position_of
from signals_service.signal_row import SignalRow
from trading_core.candle_origin import CandleOrigin
from trading_core.candles import Candles
from trading_core.decision.engine import DEFAULT_ENGINE
from trading_core.decision.sides import Side
from trading_core.outcomes.follow import follow
from trading_core.outcomes.progress import Progress
from trading_core.signal_state import SignalOrigin, SignalStatus
from trading_core.symbol import Symbol
from trading_core.timeframe import MINUTE_MS, Timeframe

pytestmark = pytest.mark.integration

ETH = Symbol("ETH", "USDT")
MINUTES = Series(ETH, Timeframe.M1)
FIRST_MS = 1_722_807_000_000
WALK = random_walk(MINUTES, FIRST_MS, 400)
COLUMNS = "id, status::text, followed_until_ms, progress::text, outcome::text"


@dataclass(frozen=True, slots=True)
class Stack:
    database: Database
    bus: EventBus
    history: CandleHistory

    def follower(self) -> OutcomeFollower:
        return OutcomeFollower(self.database, OutcomeStore(self.database), self.bus, [ETH])

    async def follow(self) -> None:
        await self.follower().follow(ETH)

    async def rows(self) -> list[tuple[Any, ...]]:
        query = f"SELECT {COLUMNS} FROM signals ORDER BY timestamp, id"  # noqa: S608 - constant
        return await self.history.fetch(query)

    async def events(self) -> list[tuple[Any, ...]]:
        query = """
            SELECT signal_id, number, kind, at_ms, payload::text FROM signal_events ORDER BY 1, 2
        """
        return await self.history.fetch(query)

    async def said(self) -> list[dict[str, Any]]:
        rows = await self.history.fetch("SELECT event, payload FROM room_events ORDER BY seq")
        assert {event for event, _ in rows} <= {"signal_update"}
        return [orjson.loads(payload) for _, payload in rows]


@pytest.fixture
async def stack(
    database_settings: DatabaseSettings, database_url: str, redis_url: str
) -> AsyncIterator[Stack]:
    database, redis = create_database(database_settings), Redis.from_url(redis_url)
    connection = await connect(database_url)
    history = CandleHistory(MINUTES, connection)
    await history.set_first_available(FIRST_MS)
    yield Stack(database, EventBus(redis), history)
    await connection.close()
    await redis.aclose()
    await database.dispose()


def signals(candles: Candles, unit: str = "5") -> list[SignalRow]:
    """A BUY and a SELL by turns, one every quarter of an hour, at the price of their candle."""
    closes = dict(zip(candles.open_time_ms.tolist(), candles.close.tolist(), strict=True))
    return [
        opened(
            (Side.BUY, Side.SELL)[number % 2],
            timestamp,
            entry=Decimal(str(closes[timestamp + ETH_5M.bar_ms - MINUTE_MS])),
            unit=Decimal(unit),
        )
        for number, timestamp in enumerate(
            range(candles.first_open_ms, candles.last_open_ms - ETH_5M.bar_ms, 15 * MINUTE_MS)
        )
    ]


def expected(row: SignalRow, candles: Candles) -> Progress:
    return follow(Progress.start(position_of(row, DEFAULT_ENGINE)), candles)


async def assert_all_as_computed(
    stack: Stack, rows: list[SignalRow], candles: Candles
) -> list[Progress]:
    """Every stored state is the one that trading-core gives in one go, to the last bit."""
    wanted = [expected(row, candles) for row in rows]
    stored = {row[0]: row[1:] for row in await stack.rows()}
    for row, progress in zip(rows, wanted, strict=True):
        status, followed_until_ms, left, outcome = stored[row.id]
        assert status == progress.status.value
        assert followed_until_ms == progress.followed_until_ms
        assert (None if left is None else Progress.from_json(orjson.loads(left))) == (
            None if progress.settled else progress
        )
        assert (None if outcome is None else orjson.loads(outcome)) == (
            None if progress.outcome is None else outcome_json(progress.outcome)
        )
    return wanted


def exits(progresses: list[Progress]) -> int:
    return sum(progress.outcome is not None for progress in progresses)


async def test_every_signal_ends_as_trading_core_says(stack: Stack) -> None:
    rows = signals(WALK)
    await stack.history.store(WALK, CandleOrigin.LIVE)
    await insert(stack.history.connection, *rows)
    await stack.follow()
    wanted = await assert_all_as_computed(stack, rows, WALK)
    reasons = {one.outcome.exit_reason for one in wanted if one.outcome}
    assert len(reasons) == 3
    events = await stack.events()
    assert len(events) == exits(wanted)
    assert sorted(one["id"] for one in await stack.said()) == sorted(str(row[0]) for row in events)


async def test_recorded_signals_end_as_trading_core_says(stack: Stack, shared_data: Path) -> None:
    recorded = pd.read_parquet(shared_data / "ETHUSDT-1m-2024-07.parquet")
    crash = recorded[recorded["timestamp"] >= FIRST_MS][:1_500]
    columns = {name: crash[name].to_numpy() for name in crash.columns}
    candles = Candles.from_columns(ETH, Timeframe.M1, columns)
    rows = signals(candles, unit="8")
    await stack.history.store(candles, CandleOrigin.LIVE)
    await insert(stack.history.connection, *rows)
    await stack.follow()
    assert exits(await assert_all_as_computed(stack, rows, candles)) > 50


async def test_minute_by_minute_gives_the_same_and_says_each_change_once(stack: Stack) -> None:
    rows = signals(WALK[:160])
    await insert(stack.history.connection, *rows)
    follower = stack.follower()
    for minute in range(160):
        await stack.history.store(WALK[minute : minute + 1], CandleOrigin.LIVE)
        await follower.follow(ETH)
    wanted = await assert_all_as_computed(stack, rows, WALK[:160])
    events = await stack.events()
    kinds = [kind for _, _, kind, _, _ in events]
    assert len([kind for kind in kinds if kind != "furthest_target"]) == exits(wanted)
    assert "furthest_target" in kinds
    assert len(await stack.said()) == len(events)
    for signal, number, kind, at_ms, payload in events:
        (progress,) = [one for row, one in zip(rows, wanted, strict=True) if row.id == signal]
        assert progress.outcome is not None
        if kind != "furthest_target":
            assert (number, kind, at_ms) == (
                1,
                progress.outcome.exit_reason.value,
                progress.outcome.exit_ms,
            )
            assert orjson.loads(payload)["status"] == progress.status.value


async def test_two_replicas_change_every_signal_once(stack: Stack) -> None:
    rows = signals(WALK)
    await insert(stack.history.connection, *rows)
    first, second = stack.follower(), stack.follower()
    for start in range(0, 400, 40):
        await stack.history.store(WALK[start : start + 40], CandleOrigin.LIVE)
        await asyncio.gather(first.follow(ETH), second.follow(ETH))
    await first.follow(ETH)
    wanted = await assert_all_as_computed(stack, rows, WALK)
    events = await stack.events()
    assert len([kind for _, _, kind, _, _ in events if kind != "furthest_target"]) == exits(wanted)
    assert len(await stack.said()) == len(events)


async def test_a_death_before_the_commit_loses_and_doubles_nothing(
    stack: Stack, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = signals(WALK)
    await stack.history.store(WALK, CandleOrigin.LIVE)
    await insert(stack.history.connection, *rows)
    before = await stack.rows()

    async def die(*_: object) -> None:
        raise ConnectionError("gone")

    with monkeypatch.context() as patched:
        patched.setattr(outcome_store, "append_room_events", die)
        with pytest.raises(Exception, match="cannot be reached"):
            await stack.follow()
    assert await stack.rows() == before
    assert await stack.events() == []
    await stack.follow()
    assert len(await stack.events()) == exits(await assert_all_as_computed(stack, rows, WALK))


async def test_a_hole_is_waited_for_and_an_outage_is_not(stack: Stack) -> None:
    rows = signals(WALK[:60])[:2]
    holey = without_bars(WALK[:60], slice(12, 15))
    await stack.history.store(holey, CandleOrigin.LIVE)
    await insert(stack.history.connection, *rows)
    await stack.follow()
    await assert_all_as_computed(stack, rows[:1], WALK[:12])
    await stack.history.record_outage(FIRST_MS + 12 * MINUTE_MS, FIRST_MS + 15 * MINUTE_MS)
    await stack.follow()
    await assert_all_as_computed(stack, rows, holey)


async def test_a_healed_hole_gives_what_an_undisturbed_run_gives(stack: Stack) -> None:
    rows = signals(WALK)
    await stack.history.store(without_bars(WALK, slice(100, 140)), CandleOrigin.LIVE)
    await insert(stack.history.connection, *rows)
    await stack.follow()
    await stack.history.store(WALK[100:140], CandleOrigin.HEALED)
    await stack.follow()
    await assert_all_as_computed(stack, rows, WALK)


@pytest.mark.parametrize("first", ["candles", "holes"])
async def test_a_hole_that_heals_while_it_is_looked_at_is_not_stepped_over(
    stack: Stack, monkeypatch: pytest.MonkeyPatch, first: str
) -> None:
    rows = signals(WALK)
    await stack.history.store(without_bars(WALK, slice(6, 30)), CandleOrigin.LIVE)
    await insert(stack.history.connection, *rows)
    read = getattr(candle_queries, first)

    async def read_and_heal(*question: Any) -> Any:  # noqa: ANN401 - whatever is read
        found = await read(*question)
        monkeypatch.setattr(candle_queries, first, read)
        await stack.history.store(WALK[6:30], CandleOrigin.HEALED)
        return found

    monkeypatch.setattr(candle_queries, first, read_and_heal)
    await stack.follow()
    await stack.follow()
    await assert_all_as_computed(stack, rows, WALK)


async def test_only_live_signals_of_their_own_are_followed(stack: Stack) -> None:
    await stack.history.store(WALK, CandleOrigin.LIVE)
    buy = opened(Side.BUY, FIRST_MS, entry=Decimal(2500))
    others = [
        hold(FIRST_MS + ETH_5M.bar_ms),
        replace(opened(Side.BUY, FIRST_MS + 2 * ETH_5M.bar_ms), continues=buy.id),
        opened(Side.BUY, FIRST_MS + 3 * ETH_5M.bar_ms, origin=SignalOrigin.HISTORICAL),
        opened(
            Side.BUY,
            FIRST_MS + 4 * ETH_5M.bar_ms,
            origin=SignalOrigin.LATE,
            status=SignalStatus.EXPIRED,
        ),
    ]
    await insert(stack.history.connection, *others)
    before = await stack.rows()
    await stack.follow()
    assert await stack.rows() == before


async def test_a_hint_of_a_closed_minute_wakes_it_up(
    stack: Stack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("signals_service.follow_outcomes.SWEEP_SECONDS", 3_600.0)
    rows = signals(WALK)
    await insert(stack.history.connection, *rows)
    async with running({"follow": stack.follower().run}):
        await asyncio.sleep(0.3)  # for it to listen: before that a hint is lost, as in life
        await stack.history.store(WALK, CandleOrigin.LIVE)
        hint = ClosedCandleHint(
            symbol="ETHUSDT",
            timeframe=Timeframe.M1,
            timestamp=WALK.last_open_ms,
            origin=CandleOrigin.LIVE,
        )
        await stack.bus.hint(Stream.CANDLES_CLOSED, hint)
        async with asyncio.timeout(10):
            while not await stack.events():  # noqa: ASYNC110 - the database tells nobody
                await asyncio.sleep(0.02)
    await assert_all_as_computed(stack, rows, WALK)
