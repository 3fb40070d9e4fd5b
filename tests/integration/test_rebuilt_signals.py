"""Rebuilt signals are those that the live service would have made, on a real PostgreSQL."""

import itertools
from collections.abc import AsyncIterator
from pathlib import Path

import pandas as pd
import pytest

from candle_history import CandleHistory
from rebuilt_series import FEED, HOURS, MAPS, RebuiltSeries, rebuilt_series
from service_kit.candle_windows import CandleWindows
from service_kit.series import Series
from service_kit.settings import DatabaseSettings
from signals_service.confidence_map_store import ConfidenceMapStore
from signals_service.confidence_maps import ConfidenceMaps
from signals_service.decide_bar import Moment, decide_bar
from signals_service.engine_store import EngineStore
from signals_service.gathered_inputs import GatheredInputs
from signals_service.rebuild.decide_chunk import NO_MODEL
from signals_service.replay_signal import SignalReplayer
from signals_service.signal_outcome import outcome_json, position_of
from signals_service.signal_row import SignalRow
from trading_core.candles import Candles
from trading_core.decision.confidence import fit_confidence_map
from trading_core.decision.engine import DEFAULT_ENGINE
from trading_core.decision.inputs import BarInputs
from trading_core.decision.sides import Side
from trading_core.indicators.snapshot import indicator_snapshot
from trading_core.outcomes.follow import outcomes_of
from trading_core.patterns.scan import sightings_until
from trading_core.signal_state import SignalOrigin, SignalStatus
from trading_core.timeframe import Timeframe
from trading_core.volume import AVERAGE_BARS, analyse_volume

pytestmark = pytest.mark.integration

ETH = HOURS.symbol
MINUTES = Series(ETH, Timeframe.M1)


@pytest.fixture
async def stack(
    database_settings: DatabaseSettings, database_url: str
) -> AsyncIterator[RebuiltSeries]:
    async with rebuilt_series(database_settings, database_url) as stack:
        yield stack


def recorded_hours(shared_data: Path, bars: int) -> Candles:
    """From the first that the exchange has, 2017, with its real outages."""
    recorded = pd.read_parquet(shared_data / "ETHUSDT-1h-2017-2024.parquet")[:bars]
    columns = {name: recorded[name].to_numpy() for name in recorded.columns}
    return Candles.from_columns(ETH, Timeframe.H1, columns)


async def as_the_live_service(
    stack: RebuiltSeries, row: SignalRow, maps: ConfidenceMaps
) -> SignalRow:
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
    stack: RebuiltSeries, shared_data: Path
) -> None:
    candles = recorded_hours(shared_data, 4_600)
    await stack.store(candles)
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


async def test_rebuilt_signals_replay(stack: RebuiltSeries, shared_data: Path) -> None:
    await stack.store(recorded_hours(shared_data, 2_000))
    await stack.rebuild()
    maps = ConfidenceMaps(ConfidenceMapStore(stack.database))
    replayer = SignalReplayer(stack.database, EngineStore(stack.database), maps)
    rows = await stack.signals()
    for row in (*rows[::211], *[row for row in rows if row.side][::7]):
        found = await replayer.replay(row)
        assert found.equal, found.differences


async def test_outcomes_are_those_of_trading_core_inside_the_finest_candles(
    stack: RebuiltSeries, shared_data: Path
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
    await stack.store(candles)
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
    stack: RebuiltSeries, shared_data: Path
) -> None:
    await stack.store(recorded_hours(shared_data, 2_000))
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


async def test_maps_are_fitted_from_what_had_closed_before_their_time(
    stack: RebuiltSeries, shared_data: Path
) -> None:
    await stack.store(recorded_hours(shared_data, 4_600))
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
