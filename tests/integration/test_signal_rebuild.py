"""Decisions and outcomes rebuilt over stored history, on a real PostgreSQL."""

import asyncio
import itertools
import json
import os
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import pandas as pd
import pytest

from candle_history import CandleHistory, connect, random_walk, without_bars
from run_module import run_module
from service_kit.candle_windows import CandleWindows
from service_kit.database import Database, create_database
from service_kit.series import Series
from service_kit.settings import DatabaseSettings
from signal_rows import insert, opened
from signals_service.confidence_map_store import ConfidenceMapStore
from signals_service.confidence_maps import ConfidenceMaps
from signals_service.decide_bar import Moment, decide_bar
from signals_service.engine_store import EngineStore
from signals_service.gathered_inputs import Feed, GatheredInputs
from signals_service.rebuild.decide_chunk import NO_MODEL
from signals_service.rebuild.errors import RebuildRunningError
from signals_service.rebuild.rebuild_series import Rebuild, rebuild_series
from signals_service.rebuild.rebuild_store import RebuildStore
from signals_service.replay_signal import SignalReplayer
from signals_service.signal_outcome import outcome_json, position_of
from signals_service.signal_record import SIGNAL_COLUMNS, read_signal
from signals_service.signal_row import SignalRow
from trading_core.candle_origin import CandleOrigin
from trading_core.candles import Candles
from trading_core.decision.confidence import fit_confidence_map
from trading_core.decision.engine import DEFAULT_ENGINE
from trading_core.decision.inputs import BarInputs
from trading_core.decision.sides import Side
from trading_core.indicators.snapshot import indicator_snapshot
from trading_core.outcomes.follow import outcomes_of
from trading_core.patterns.scan import sightings_until
from trading_core.signal_state import SignalOrigin, SignalStatus
from trading_core.symbol import Symbol
from trading_core.time_range import TimeRange
from trading_core.timeframe import Timeframe
from trading_core.volume import AVERAGE_BARS, analyse_volume

pytestmark = pytest.mark.integration

ETH = Symbol("ETH", "USDT")
HOURS = Series(ETH, Timeframe.H1)
MINUTES = Series(ETH, Timeframe.M1)
FEED = Feed("replay", "recording")
FIRST_MS = 200 * 2_000 * HOURS.bar_ms
ALL = """
    SELECT to_jsonb(signals) - 'created_at' FROM signals
    ORDER BY timestamp
"""
EVENTS = (
    "SELECT to_jsonb(signal_events) - 'created_at' FROM signal_events ORDER BY signal_id, number"
)
MAPS = "SELECT id, fitted_until_ms FROM confidence_maps ORDER BY fitted_until_ms, id"


@dataclass(frozen=True, slots=True)
class Stack:
    database: Database
    url: str
    history: CandleHistory

    async def rebuild(self, since_ms: int = 0, until_ms: int = 2**53) -> dict[str, Any]:
        """The last line that it says."""
        lines: list[str] = []
        asked = Rebuild(HOURS, DEFAULT_ENGINE, FEED, since_ms, until_ms)
        await rebuild_series(self.database, asked, lines.append)
        said: dict[str, Any] = orjson.loads(lines[-1])
        return said

    async def signals(self) -> list[SignalRow]:
        query = f"SELECT {SIGNAL_COLUMNS} FROM signals ORDER BY timestamp"  # noqa: S608 - constant
        return list(map(read_signal, await self.history.connection.fetch(query)))

    async def everything(self) -> list[list[tuple[Any, ...]]]:
        return [await self.history.fetch(query) for query in (ALL, EVENTS, MAPS)]


@pytest.fixture
async def stack(database_settings: DatabaseSettings, database_url: str) -> AsyncIterator[Stack]:
    database = create_database(database_settings)
    connection = await connect(database_url)
    yield Stack(database, database_url, CandleHistory(HOURS, connection))
    await connection.close()
    await database.dispose()


def recorded_hours(shared_data: Path, bars: int) -> Candles:
    """From the first that the exchange has, 2017, with its real outages."""
    recorded = pd.read_parquet(shared_data / "ETHUSDT-1h-2017-2024.parquet")[:bars]
    columns = {name: recorded[name].to_numpy() for name in recorded.columns}
    return Candles.from_columns(ETH, Timeframe.H1, columns)


async def store(stack: Stack, candles: Candles) -> None:
    """As a stack that has fetched all of it."""
    await stack.history.store(candles)
    await stack.history.set_first_available(candles.first_open_ms)
    for gap in candles.gaps():
        await stack.history.record_outage(gap.start_ms, gap.end_ms)


async def as_the_live_service(stack: Stack, row: SignalRow, maps: ConfidenceMaps) -> SignalRow:
    """The bar's own window out of the database, every source by itself, one decision."""
    window = await CandleWindows(stack.database).at(ETH, Timeframe.H1, row.timestamp)
    candles, first_ms = window.candles, window.first_available_ms
    memory_bars = DEFAULT_ENGINE.pattern_memory_bars
    oldest_ms = row.timestamp - memory_bars * HOURS.bar_ms
    sightings = sightings_until(candles, memory_bars, first_ms)
    bar = BarInputs(
        opened_at_ms=row.timestamp,
        close=float(candles.close[-1]),
        indicators=indicator_snapshot(candles, first_ms),
        patterns=tuple(one for one in sightings if one.opened_at_ms > oldest_ms),
        volume=analyse_volume(candles.volume[-AVERAGE_BARS:].tolist()),
        prediction=NO_MODEL,
    )
    known = {}
    if row.confidence_map_id is not None and row.side is not None:
        chances = await maps.get(row.confidence_map_id)
        assert chances is not None
        assert chances.fitted_until_ms <= row.timestamp
        known = {row.side: chances}
    moment = Moment(
        decided_at_ms=row.closes_at_ms, created_at=row.created_at, origin=SignalOrigin.HISTORICAL
    )
    inputs = GatheredInputs(bar, window, {})
    return decide_bar(DEFAULT_ENGINE, HOURS, inputs, known, moment, FEED)


async def test_rebuilt_decisions_are_the_live_ones_bit_for_bit(
    stack: Stack, shared_data: Path
) -> None:
    candles = recorded_hours(shared_data, 4_600)
    await store(stack, candles)
    said = await stack.rebuild()
    rows = await stack.signals()
    assert [row.timestamp for row in rows] == candles.open_time_ms.tolist()
    assert (said["done"], said["undecidable"], said["holes"]) == (4_600, 0, [])
    maps = ConfidenceMaps(ConfidenceMapStore(stack.database))
    calibrated = [row for row in rows if row.calibrated]
    assert calibrated
    for row in (*rows[::97], *[row for row in rows if row.side][::5], *calibrated[:5]):
        alone = await as_the_live_service(stack, row, maps)
        compared = ("signal_type", "score", "confidence", "levels", "entry_price", "reasoning")
        for name in (*compared, "confidence_map_id", "id", "decided_at_ms"):
            assert getattr(row, name) == getattr(alone, name), (row.timestamp, name)
        # Both read the same versions; a chunk's window says so for all of its bars at once.
        ours, theirs = row.inputs["candles"], alone.inputs["candles"]
        assert ours["asOfMs"] >= theirs["asOfMs"]
        assert row.inputs == {**alone.inputs, "candles": {**theirs, "asOfMs": ours["asOfMs"]}}


async def test_rebuilt_signals_replay(stack: Stack, shared_data: Path) -> None:
    await store(stack, recorded_hours(shared_data, 2_000))
    await stack.rebuild()
    maps = ConfidenceMaps(ConfidenceMapStore(stack.database))
    replayer = SignalReplayer(stack.database, EngineStore(stack.database), maps)
    rows = await stack.signals()
    for row in (*rows[::211], *[row for row in rows if row.side][::7]):
        found = await replayer.replay(row)
        assert found.equal, found.differences


async def test_outcomes_are_those_of_trading_core_inside_the_finest_candles(
    stack: Stack, shared_data: Path
) -> None:
    """A month of minutes lies inside the last 700 hours."""
    recorded = pd.read_parquet(shared_data / "ETHUSDT-1m-2024-07.parquet")
    minutes = Candles.from_columns(
        ETH, Timeframe.M1, {name: recorded[name].to_numpy() for name in recorded.columns}
    )
    hours = pd.read_parquet(shared_data / "ETHUSDT-1h-2017-2024.parquet")
    until_ms = minutes.closed_until_ms // HOURS.bar_ms * HOURS.bar_ms
    hours = hours[hours["timestamp"] < until_ms][-3_000:]
    candles = Candles.from_columns(
        ETH, Timeframe.H1, {name: hours[name].to_numpy() for name in hours.columns}
    )
    await store(stack, candles)
    await CandleHistory(MINUTES, stack.history.connection).store(minutes)
    await stack.rebuild()
    own = [row for row in await stack.signals() if row.side and row.continues is None]
    wanted = outcomes_of([position_of(row, DEFAULT_ENGINE) for row in own], candles, (minutes,))
    assert len([one for one in wanted if one]) > 40
    assert {one.followed_timeframe for one in wanted if one} == {Timeframe.M1, Timeframe.H1}
    for row, outcome in zip(own, wanted, strict=True):
        assert row.outcome == (outcome and outcome_json(outcome))
        assert (row.status is SignalStatus.ACTIVE) == (outcome is None)


async def test_a_life_is_what_the_live_service_would_have_made_of_it(
    stack: Stack, shared_data: Path
) -> None:
    await store(stack, recorded_hours(shared_data, 2_000))
    await stack.rebuild()
    rows = await stack.signals()
    by_id = {row.id: row for row in rows}
    open_by_side: dict[Side, SignalRow] = {}
    for row, after in itertools.pairwise(rows):
        position = open_by_side.get(row.side) if row.side else None
        still_open = position and (position.closed_at_ms or 2**62) > row.closes_at_ms
        assert row.continues == (position.id if position and still_open else None)
        if row.side and row.continues is None:
            open_by_side[row.side] = row
        else:
            assert (row.status, row.closed_at_ms) == (SignalStatus.EXPIRED, after.decided_at_ms)
    assert rows[-1].status is SignalStatus.ACTIVE
    assert any(row.continues for row in rows)
    for row in rows:
        if row.continues:
            assert by_id[row.continues].signal_type is row.signal_type
            assert by_id[row.continues].continues is None
            assert row.outcome is None


async def test_a_second_rebuild_changes_nothing(stack: Stack) -> None:
    await store(stack, random_walk(HOURS, FIRST_MS, 1_700))
    first = await stack.rebuild()
    before = await stack.everything()
    again = await stack.rebuild()
    assert await stack.everything() == before
    assert first["done"] == 1_700
    assert (again["done"], again["decided"], again["confidenceMaps"]) == (0, {}, 0)


async def test_history_that_comes_in_pieces_gives_the_same_in_the_end(stack: Stack) -> None:
    candles = random_walk(HOURS, FIRST_MS, 1_700)
    await stack.history.set_first_available(FIRST_MS)
    for start in range(0, 1_700, 333):
        await stack.history.store(candles[start : start + 333])
        await stack.rebuild()
    pieces = await stack.everything()
    await stack.history.connection.execute("TRUNCATE signals, signal_events, confidence_maps")
    await stack.rebuild()
    whole = await stack.everything()
    assert [_timeless(row) for (row,) in pieces[0]] == [_timeless(row) for (row,) in whole[0]]
    assert pieces[1] == whole[1]


def _timeless(row: str) -> dict[str, Any]:
    """But for how much of the later history was seen when the window was read."""
    signal: dict[str, Any] = json.loads(row)
    signal["inputs"]["candles"].pop("asOfMs")
    return signal


async def test_a_killed_rebuild_goes_on_where_it_stopped(stack: Stack) -> None:
    await store(stack, random_walk(HOURS, FIRST_MS, 2_500))
    command = (sys.executable, "-m", "signals_service.rebuild", "--symbol", "ETHUSDT")
    process = await asyncio.create_subprocess_exec(
        *(*command, "--timeframe", "1h"),
        env={
            **os.environ,
            "DATABASE_URL": stack.url,
            "FEED_KIND": "replay",
            "FEED_SOURCE": "recording",
        },
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    line = json.loads(await process.stdout.readline())
    process.kill()
    await process.wait()
    assert line["event"] == "progress"
    stored = len(await stack.signals())
    assert 0 < stored < 2_500
    said = await stack.rebuild()
    assert said["total"] == 2_500 - stored
    interrupted = await stack.everything()
    await stack.history.connection.execute("TRUNCATE signals, signal_events, confidence_maps")
    await stack.rebuild()
    assert interrupted == await stack.everything()


async def test_nothing_is_written_across_a_hole_which_is_named(stack: Stack) -> None:
    """A hole at bar 700 of block 0 keeps blocks 0 and 1 from then on; block 2 is beyond it."""
    candles = random_walk(HOURS, FIRST_MS, 4_100)
    hole = TimeRange(FIRST_MS + 700 * HOURS.bar_ms, FIRST_MS + 702 * HOURS.bar_ms)
    await stack.history.store(without_bars(candles, slice(700, 702)))
    await stack.history.set_first_available(FIRST_MS)
    said = await stack.rebuild()
    found = [(row.timestamp - FIRST_MS) // HOURS.bar_ms for row in await stack.signals()]
    assert found == [*range(700), *range(4_000, 4_100)]
    assert said["undecidable"] == 4_100 - 2 - 800
    assert said["holes"] == [{"fromMs": hole.start_ms, "untilMs": hole.end_ms, "bars": 2}]
    await stack.history.store(candles[700:702])
    said = await stack.rebuild()
    assert (said["undecidable"], len(await stack.signals())) == (0, 4_100)


async def test_live_and_healed_candles_keep_their_rows_and_are_not_rebuilt(stack: Stack) -> None:
    candles = random_walk(HOURS, FIRST_MS, 600)
    await stack.history.set_first_available(FIRST_MS)
    await stack.history.store(candles[:500])
    await stack.history.store(candles[500:550], CandleOrigin.HEALED)
    await stack.history.store(candles[550:], CandleOrigin.LIVE)
    live = opened(Side.BUY, candles.last_open_ms, HOURS)
    await insert(stack.history.connection, live)
    await stack.rebuild()
    rows = await stack.signals()
    assert len(rows) == 501
    assert {row.origin for row in rows[:500]} == {SignalOrigin.HISTORICAL}
    assert rows[-1] == live
    last = rows[499]
    assert (last.status, last.closed_at_ms) == (SignalStatus.EXPIRED, live.decided_at_ms)


async def test_maps_are_fitted_from_what_had_closed_before_their_time(
    stack: Stack, shared_data: Path
) -> None:
    await store(stack, recorded_hours(shared_data, 4_600))
    await stack.rebuild()
    maps = ConfidenceMapStore(stack.database)
    ids = [map_id for map_id, _ in await stack.history.fetch(MAPS)]
    assert len(ids) > 2
    for map_id in ids:
        stored = await maps.get(map_id)
        assert stored is not None
        key = (stored.side, stored.timeframe, stored.engine_version, stored.fitted_until_ms)
        outcomes = await maps.outcomes(*key)
        assert (
            fit_confidence_map(
                DEFAULT_ENGINE, stored.side, stored.timeframe, outcomes, stored.fitted_until_ms
            )
            == stored
        )
        assert stored.historical_outcomes == stored.outcomes


async def test_only_the_stretch_that_was_asked_for_is_rebuilt(stack: Stack) -> None:
    candles = random_walk(HOURS, FIRST_MS, 900)
    await store(stack, candles)
    await stack.rebuild(FIRST_MS + 600 * HOURS.bar_ms, FIRST_MS + 610 * HOURS.bar_ms)
    found = [(row.timestamp - FIRST_MS) // HOURS.bar_ms for row in await stack.signals()]
    assert found == list(range(600, 610))


async def test_two_rebuilds_of_one_series_do_not_run_side_by_side(stack: Stack) -> None:
    store_ = RebuildStore(stack.database, HOURS, DEFAULT_ENGINE.version)
    async with store_.alone():
        with pytest.raises(RebuildRunningError, match="ETHUSDT 1h is being rebuilt already"):
            await stack.rebuild()
    assert (await stack.rebuild())["total"] == 0


@pytest.mark.parametrize(
    ("arguments", "sentence_code"),
    [(("--symbol", "DOGEUSDT", "--timeframe", "1h"), 2), (("--symbol", "ETHUSDT"), 2)],
)
async def test_a_wrong_question_is_refused(
    stack: Stack, arguments: tuple[str, ...], sentence_code: int
) -> None:
    output, code = await run_module(stack.url, "signals_service.rebuild", *arguments)
    assert (output, code) == ("", sentence_code)
