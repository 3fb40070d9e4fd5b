"""What the running stack computed and decided is, bit for bit, one batch over the recording."""

import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from recorded_candles import recorded_candles
from running_stack import RunningStack, wait_for
from stored_decisions import (
    Coverage,
    coverage,
    stored_indicators,
    stored_patterns,
    stored_signals,
)
from trading_core.candles import Candles
from trading_core.decision.decide import DecisionSeries, decide, decide_history
from trading_core.decision.decision import Decision
from trading_core.decision.engine import DEFAULT_ENGINE
from trading_core.decision.inputs import BarInputs, DecisionInputs
from trading_core.decision.prediction import PredictionSeries
from trading_core.indicators.series import indicator_series
from trading_core.indicators.values import INDICATORS, IndicatorSeries
from trading_core.patterns.scan import scan
from trading_core.timeframe import Timeframe
from trading_core.volume import volume_series

pytestmark = pytest.mark.e2e

SYMBOL = "ETHUSDT"
MOST_DEGRADED = 0.1
"""Of all decisions."""
Row = dict[str, Any]  # Any: a row of the database


@pytest.fixture(scope="module")
def settled(recordings: list[Path], stack: RunningStack) -> dict[Timeframe, Coverage]:  # noqa: ARG001 - skips without them
    """Every timeframe has closed and been decided since the start."""

    def all_decided() -> dict[Timeframe, Coverage]:
        found = {one: coverage(stack.database_url, SYMBOL, one) for one in Timeframe}
        return found if all(one.closed for one in found.values()) else {}

    return wait_for(all_decided, seconds=180, what="a decision on every timeframe")


@pytest.mark.parametrize("timeframe", list(Timeframe))
def test_every_closed_candle_has_exactly_one_decision(
    settled: dict[Timeframe, Coverage],
    replay: RunningStack,
    timeframe: Timeframe,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert settled[timeframe].closed

    def perfect() -> Coverage | None:
        found = coverage(replay.database_url, SYMBOL, timeframe)
        return found if found.perfect and not found.skipped else None

    found = wait_for(perfect, seconds=30, what=f"a decision for each {timeframe} candle")
    with capsys.disabled():
        print(f"\n{found}")  # noqa: T201 - the figures are the point


@pytest.mark.parametrize("timeframe", list(Timeframe))
def test_what_was_stored_live_equals_one_batch(
    settled: dict[Timeframe, Coverage],
    replay: RunningStack,
    recordings: list[Path],
    timeframe: Timeframe,
) -> None:
    assert settled[timeframe].closed
    rows = stored_signals(replay.database_url, SYMBOL, timeframe)
    assert rows
    candles = recorded_candles(recordings, timeframe, rows[-1]["timestamp"] + timeframe.duration_ms)
    since_ms = rows[0]["timestamp"]
    times = [row["timestamp"] for row in rows]
    assert candles.between(since_ms, candles.closed_until_ms).open_time_ms.tolist() == times

    first_ms = rows[0]["inputs"]["candles"]["firstAvailableMs"]
    indicators = indicator_series(candles, since_ms, first_ms)
    assert_same_indicators(
        indicators, stored_indicators(replay.database_url, SYMBOL, timeframe, times)
    )
    assert_same_patterns(
        candles, since_ms, stored_patterns(replay.database_url, SYMBOL, timeframe, times)
    )
    assert_same_decisions(batch_decisions(candles, since_ms, indicators, rows), rows)


def test_hardly_any_decision_lacked_a_source(
    settled: dict[Timeframe, Coverage], replay: RunningStack, capsys: pytest.CaptureFixture[str]
) -> None:
    """None does on an idle machine; here a browser and other tests want the same two cores."""
    assert settled
    rows = [
        row
        for timeframe in Timeframe
        for row in stored_signals(replay.database_url, SYMBOL, timeframe)
    ]
    degraded = sum(not is_complete(row) for row in rows)
    with capsys.disabled():
        print(f"\n{len(rows)} decisions, {degraded} degraded")  # noqa: T201 - the figures are the point
    assert degraded <= MOST_DEGRADED * len(rows)


def is_complete(row: Row) -> bool:
    """Whether every source was there."""
    return set(row["inputs"]["sources"].values()) == {"present"}


def assert_same_indicators(batch: IndicatorSeries, rows: list[Row]) -> None:
    assert batch.open_time_ms.tolist() == [row["timestamp"] for row in rows]
    for name in INDICATORS:
        stored = [math.nan if row[name] is None else row[name] for row in rows]
        assert [v.hex() for v in getattr(batch, name).tolist()] == [v.hex() for v in stored], name


def assert_same_patterns(candles: Candles, since_ms: int, rows: list[Row]) -> None:
    found = [
        (one.opened_at_ms, one.pattern_type.value, one.strength)
        for one in scan(candles, since_ms).sightings()
    ]
    stored = [(row["timestamp"], row["pattern_type"], row["strength"]) for row in rows]
    assert sorted(found) == sorted(stored)


def batch_decisions(
    candles: Candles, since_ms: int, indicators: IndicatorSeries, rows: list[Row]
) -> DecisionSeries:
    """All at once, given what the model said at each bar."""
    memory_ms = (DEFAULT_ENGINE.pattern_memory_bars - 1) * candles.timeframe.duration_ms
    recent = candles.between(since_ms, candles.closed_until_ms)
    first = len(candles) - len(recent)
    bars = [BarInputs.from_json(row["inputs"]["bar"]) for row in rows]
    inputs = DecisionInputs(
        indicators=indicators,
        close=recent.close,
        patterns=scan(candles, since_ms - memory_ms).sightings(),
        volume=volume_series(candles.volume)[first:],
        predictions=PredictionSeries.of([bar.prediction for bar in bars]),
    )
    return decide_history(DEFAULT_ENGINE, candles.timeframe, inputs)


def partial_decision(batch: DecisionSeries, index: int, row: Row) -> Decision:
    """Of the batch's inputs, without the sources that were not there."""
    stored = BarInputs.from_json(row["inputs"]["bar"])
    memory_ms = DEFAULT_ENGINE.pattern_memory_bars * batch.timeframe.duration_ms
    bar = batch.inputs.at(index, memory_ms)
    there = replace(
        bar,
        patterns=None if stored.patterns is None else bar.patterns,
        volume=None if stored.volume is None else bar.volume,
        absent=stored.absent,
    )
    return decide(DEFAULT_ENGINE, batch.timeframe, there)


def assert_same_decisions(batch: DecisionSeries, rows: list[Row]) -> None:
    for index, row in enumerate(rows):
        decision = (
            batch.decision_at(index) if is_complete(row) else partial_decision(batch, index, row)
        )
        assert row["engine_version"] == DEFAULT_ENGINE.version
        assert decision.signal_type.value == row["signal_type"]
        assert decision.score.hex() == row["score"].hex()
        said = {name: row["reasoning"][name] for name in ("evidence", "summary", "patterns")}
        assert said == {name: decision.reasoning()[name] for name in said}
        if decision.levels is not None:
            stored = (row["stop_loss"], row["take_profit_1"], row["entry_zone_min"])
            levels = decision.levels
            assert tuple(map(float, stored)) == (
                levels.stop,
                levels.take_profits[0],
                levels.zone_min,
            )
