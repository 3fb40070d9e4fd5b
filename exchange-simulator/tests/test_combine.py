from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from exchange_simulator.aggregate import aggregate
from exchange_simulator.combine import combine
from exchange_simulator.errors import CombinationError
from exchange_simulator.recording import Recording, read_recordings
from exchange_simulator.stretch import stretches_of
from trading_core.timeframe import Timeframe

START_MS = 1_722_816_000_000
MINUTE_MS = 60_000
HOUR_MS = 60 * MINUTE_MS

RecordingAt = Callable[..., Recording]


def test_a_coarser_bar_sums_its_minutes_exactly(recording_at: RecordingAt) -> None:
    minutes = recording_at(Timeframe.M1, START_MS, 120)
    hour = combine(stretches_of([minutes]))[Timeframe.H1].bar(0)
    part = minutes.bars.part(0, 60)
    assert hour.open == part.open[0]
    assert (hour.high, hour.low) == (part.high.max(), part.low.min())
    assert hour.close == part.close[59]
    assert hour.volume == sum(part.volume.tolist())


def test_a_bar_that_straddles_the_seam_comes_from_the_coarser_recording(
    recording_at: RecordingAt,
) -> None:
    minutes = recording_at(Timeframe.M1, START_MS + 16 * MINUTE_MS, 600)
    hours = recording_at(Timeframe.H1, START_MS - 10 * HOUR_MS, 20)
    table = combine(stretches_of([hours, minutes]))[Timeframe.H1]
    assert table.between(START_MS, START_MS + 1).bar(0) == hours.bars.bar(10)
    built = aggregate(minutes.bars, Timeframe.H1)
    assert table.between(START_MS + HOUR_MS, START_MS + HOUR_MS + 1).bar(0) == built.bar(1)


def test_before_the_minutes_the_finest_coarser_recording_serves(recording_at: RecordingAt) -> None:
    quarters = recording_at(Timeframe.M15, START_MS - 48 * HOUR_MS, 48 * 4)
    hours = recording_at(Timeframe.H1, START_MS - 96 * HOUR_MS, 96)
    tables = combine(stretches_of([quarters, hours]))
    assert tables[Timeframe.M30].part(0, 2).rows() == (
        aggregate(quarters.bars, Timeframe.M30).part(0, 2).rows()
    )
    assert not len(tables[Timeframe.M5])
    assert tables[Timeframe.D1].bar(0) == aggregate(hours.bars, Timeframe.D1).bar(0)
    assert tables[Timeframe.D1].bar(3) == aggregate(quarters.bars, Timeframe.D1).bar(1)


def test_an_outage_stays_a_hole_and_coarser_bars_are_built_from_what_exists(
    recording_at: RecordingAt,
) -> None:
    missing = [START_MS + n * MINUTE_MS for n in range(70, 150)]
    minutes = recording_at(Timeframe.M1, START_MS, 300, without=missing)
    hours = recording_at(Timeframe.H1, START_MS - 5 * HOUR_MS, 20)
    tables = combine(stretches_of([minutes, hours]))
    assert not len(tables[Timeframe.M1].between(missing[0], missing[-1] + 1))
    second_hour = tables[Timeframe.H1].between(START_MS + HOUR_MS, START_MS + 2 * HOUR_MS).bar(0)
    assert second_hour.volume == int(minutes.bars.part(60, 70).volume.sum())


def test_recordings_that_follow_each_other_are_one_stretch(recording_at: RecordingAt) -> None:
    first = recording_at(Timeframe.M1, START_MS, 90)
    second = recording_at(Timeframe.M1, START_MS + 90 * MINUTE_MS, 90)
    (stretch,) = stretches_of([second, first])
    assert (stretch.start_ms, stretch.end_ms) == (START_MS, START_MS + 3 * HOUR_MS)
    assert len(combine([stretch])[Timeframe.H1]) == 3


def test_overlapping_recordings_must_agree(recording_at: RecordingAt) -> None:
    first = recording_at(Timeframe.M1, START_MS, 90)
    again = recording_at(Timeframe.M1, START_MS + 30 * MINUTE_MS, 90)
    (stretch,) = stretches_of([first, again])
    assert len(stretch.bars) == 120
    other = Recording("other", again.symbol, again.timeframe, again.bars.part(3, 90))
    (shorter,) = stretches_of([first, other])
    assert len(shorter.bars) == 120
    holed = recording_at(
        Timeframe.M1, START_MS + 30 * MINUTE_MS, 90, without=[START_MS + 40 * MINUTE_MS]
    )
    with pytest.raises(CombinationError, match="differs from another 1m recording of ETH/USDT"):
        stretches_of([first, holed])


def test_minutes_of_the_crash_give_the_recorded_hours(shared_data: Path) -> None:
    minutes, hours = read_recordings(
        [
            shared_data / "ETHUSDT-1m-2024-07.parquet",
            shared_data / "ETHUSDT-1h-2017-2024.parquet",
        ]
    )
    first_ms, end_ms = 1_722_816_000_000, 1_723_420_800_000
    built = combine(stretches_of([minutes]))[Timeframe.H1].between(first_ms, end_ms)
    recorded = hours.bars.between(first_ms, end_ms)
    assert len(built) == 168
    for one, other in zip(built.columns, recorded.columns, strict=True):
        np.testing.assert_array_equal(one, other)
