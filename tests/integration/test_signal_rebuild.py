"""Rebuilding in pieces, again, over holes and after a kill, on a real PostgreSQL."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator
from typing import Any

import pytest

from candle_history import random_walk, without_bars
from rebuilt_series import HOURS, RebuiltSeries, rebuilt_series
from run_module import run_module
from service_kit.errors import ConflictError
from service_kit.settings import DatabaseSettings
from signal_rows import insert, opened
from signals_service.rebuild.rebuild_store import RebuildStore
from trading_core.candle_origin import CandleOrigin
from trading_core.decision.engine import DEFAULT_ENGINE
from trading_core.decision.sides import Side
from trading_core.signal_state import SignalOrigin, SignalStatus
from trading_core.time_range import TimeRange

pytestmark = pytest.mark.integration

FIRST_MS = 200 * 2_000 * HOURS.bar_ms


@pytest.fixture
async def stack(
    database_settings: DatabaseSettings, database_url: str
) -> AsyncIterator[RebuiltSeries]:
    async with rebuilt_series(database_settings, database_url) as stack:
        yield stack


async def test_a_second_rebuild_changes_nothing(stack: RebuiltSeries) -> None:
    await stack.store(random_walk(HOURS, FIRST_MS, 1_700))
    first = await stack.rebuild()
    before = await stack.everything()
    again = await stack.rebuild()
    assert await stack.everything() == before
    assert first["done"] == 1_700
    assert (again["done"], again["decided"], again["confidenceMaps"]) == (0, {}, 0)


async def test_history_that_comes_in_pieces_gives_the_same_in_the_end(stack: RebuiltSeries) -> None:
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


async def test_a_killed_rebuild_goes_on_where_it_stopped(stack: RebuiltSeries) -> None:
    await stack.store(random_walk(HOURS, FIRST_MS, 2_500))
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


async def test_nothing_is_written_across_a_hole_which_is_named(stack: RebuiltSeries) -> None:
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


async def test_live_and_healed_candles_keep_their_rows_and_are_not_rebuilt(
    stack: RebuiltSeries,
) -> None:
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


async def test_only_the_stretch_that_was_asked_for_is_rebuilt(stack: RebuiltSeries) -> None:
    candles = random_walk(HOURS, FIRST_MS, 900)
    await stack.store(candles)
    await stack.rebuild(FIRST_MS + 600 * HOURS.bar_ms, FIRST_MS + 610 * HOURS.bar_ms)
    found = [(row.timestamp - FIRST_MS) // HOURS.bar_ms for row in await stack.signals()]
    assert found == list(range(600, 610))


async def test_two_rebuilds_of_one_series_do_not_run_side_by_side(stack: RebuiltSeries) -> None:
    store_ = RebuildStore(stack.database, HOURS, DEFAULT_ENGINE.version)
    async with store_.alone():
        with pytest.raises(ConflictError, match="ETHUSDT 1h is being rebuilt already"):
            await stack.rebuild()
    assert (await stack.rebuild())["total"] == 0


@pytest.mark.parametrize(
    ("arguments", "sentence_code"),
    [(("--symbol", "DOGEUSDT", "--timeframe", "1h"), 2), (("--symbol", "ETHUSDT"), 2)],
)
async def test_a_wrong_question_is_refused(
    stack: RebuiltSeries, arguments: tuple[str, ...], sentence_code: int
) -> None:
    output, code = await run_module(stack.url, "signals_service.rebuild", *arguments)
    assert (output, code) == ("", sentence_code)
