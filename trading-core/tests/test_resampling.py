from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trading_core.candles import Candles
from trading_core.errors import InvalidResamplingError
from trading_core.resampling import IncompleteBar, resample
from trading_core.symbol import Symbol
from trading_core.time_range import TimeRange
from trading_core.timeframe import DAY_MS, HOUR_MS, MINUTE_MS, Timeframe

ETH = Symbol("ETH", "USDT")
BuildCandles = Callable[..., Candles]
ReadRecording = Callable[[str], Candles]

OUTAGE = TimeRange(1_679_661_600_000, 1_679_666_400_000)
"""80 minutes that the exchange never had: 2023-03-24T12:40Z to 14:00Z."""
NOON_MS = 1_679_659_200_000
"""The hour in which it began."""


def at(*indices: int) -> list[int]:
    return [index * MINUTE_MS for index in indices]


def assert_same(built: Candles, independent: Candles) -> None:
    overlap = independent.between(built.first_open_ms, built.closed_until_ms)
    assert np.array_equal(built.open_time_ms, overlap.open_time_ms)
    for price in ("open", "high", "low", "close"):
        assert np.array_equal(getattr(built, price), getattr(overlap, price)), price
    np.testing.assert_allclose(built.volume, overlap.volume, rtol=1e-9, atol=0)


@pytest.mark.parametrize(
    ("coarser", "bars"),
    [("ETHUSDT-5m-2024", 8640), ("ETHUSDT-15m-2023-2024", 2879), ("ETHUSDT-1h-2017-2024", 719)],
)
def test_recorded_minutes_build_what_the_exchange_says(
    recording: ReadRecording, coarser: str, bars: int
) -> None:
    minutes, independent = recording("ETHUSDT-1m-2024-07"), recording(coarser)
    built = resample(minutes, independent.timeframe, complete_until_ms=minutes.closed_until_ms)
    assert len(built.candles) == bars
    assert_same(built.candles, independent)


def test_recorded_quarters_build_the_hours_of_a_year(recording: ReadRecording) -> None:
    quarters, hours = recording("ETHUSDT-15m-2023-2024"), recording("ETHUSDT-1h-2017-2024")
    built = resample(quarters, Timeframe.H1, complete_until_ms=quarters.closed_until_ms)
    assert (len(built.candles), built.not_built) == (12_580, ())
    assert_same(built.candles, hours)


def test_hours_are_built_across_a_recorded_outage_and_say_so(recording: ReadRecording) -> None:
    minutes, hours = recording("ETHUSDT-1m-2023-03"), recording("ETHUSDT-1h-2017-2024")
    assert minutes.gaps() == (OUTAGE,)
    built = resample(
        minutes, Timeframe.H1, complete_until_ms=minutes.closed_until_ms, outages=[OUTAGE]
    )
    until_one = TimeRange(OUTAGE.start_ms, NOON_MS + HOUR_MS)
    assert built.built_across_outages == (IncompleteBar(NOON_MS, (until_one,)),)
    assert built.candles.gaps() == (TimeRange(NOON_MS + HOUR_MS, NOON_MS + 2 * HOUR_MS),)
    assert_same(built.candles, hours)


def test_without_the_record_the_same_minutes_are_a_hole(recording: ReadRecording) -> None:
    minutes = recording("ETHUSDT-1m-2023-03").between(NOON_MS, NOON_MS + 3 * HOUR_MS)
    built = resample(minutes, Timeframe.H1, complete_until_ms=minutes.closed_until_ms)
    assert built.candles.open_time_ms.tolist() == [NOON_MS + 2 * HOUR_MS]
    assert built.built_across_outages == ()
    assert built.not_built == (
        IncompleteBar(NOON_MS, (TimeRange(OUTAGE.start_ms, NOON_MS + HOUR_MS),)),
        IncompleteBar(NOON_MS + HOUR_MS, (TimeRange(NOON_MS + HOUR_MS, OUTAGE.end_ms),)),
    )


def test_a_bar_that_is_still_open_is_never_built(candles_at: BuildCandles) -> None:
    source = candles_at(at(*range(10)))
    just_before = resample(source, Timeframe.M5, complete_until_ms=at(10)[0] - 1)
    assert just_before.candles.open_time_ms.tolist() == at(0)
    assert just_before.not_built == ()
    closed = resample(source, Timeframe.M5, complete_until_ms=at(10)[0])
    assert closed.candles.open_time_ms.tolist() == at(0, 5)


def test_minutes_that_should_be_there_by_now_are_a_hole(candles_at: BuildCandles) -> None:
    built = resample(candles_at(at(*range(8))), Timeframe.M5, complete_until_ms=at(15)[0])
    assert built.candles.open_time_ms.tolist() == at(0)
    assert built.not_built == (
        IncompleteBar(at(5)[0], (TimeRange(*at(8, 10)),)),
        IncompleteBar(at(10)[0], (TimeRange(*at(10, 15)),)),
    )


def test_a_bar_with_an_outage_and_a_hole_waits_for_the_hole(candles_at: BuildCandles) -> None:
    source = candles_at(at(0, 3, 4))
    built = resample(
        source, Timeframe.M5, complete_until_ms=at(5)[0], outages=[TimeRange(*at(1, 2))]
    )
    assert (len(built.candles), built.built_across_outages) == (0, ())
    assert built.not_built == (IncompleteBar(0, (TimeRange(*at(2, 3)),)),)


def test_an_outage_that_was_filled_after_all_is_not_mentioned(candles_at: BuildCandles) -> None:
    built = resample(
        candles_at(at(*range(5))),
        Timeframe.M5,
        complete_until_ms=at(5)[0],
        outages=[TimeRange(*at(1, 3))],
    )
    assert (len(built.candles), built.built_across_outages) == (1, ())


def test_the_first_bar_of_a_market_is_built_from_its_listing_on(candles_at: BuildCandles) -> None:
    listed = candles_at(at(*range(3, 5)))
    built = resample(
        listed, Timeframe.M5, complete_until_ms=at(5)[0], outages=[TimeRange(*at(0, 3))]
    )
    assert built.candles.open_time_ms.tolist() == [0]
    assert built.built_across_outages == (IncompleteBar(0, (TimeRange(*at(0, 3)),)),)


def test_no_source_builds_nothing() -> None:
    nothing = Candles.empty(ETH, Timeframe.M1)
    built = resample(nothing, Timeframe.H1, complete_until_ms=DAY_MS)
    assert (len(built.candles), built.candles.timeframe, built.not_built) == (0, Timeframe.H1, ())


def test_timeframes_that_do_not_nest_are_refused(candles_at: BuildCandles) -> None:
    hours = candles_at([0], Timeframe.H1)
    with pytest.raises(InvalidResamplingError, match="1h bars do not build 30m bars"):
        resample(hours, Timeframe.M30, complete_until_ms=DAY_MS)


def test_the_same_timeframe_comes_out_as_it_went_in(candles_at: BuildCandles) -> None:
    source = candles_at(at(0, 1, 2))
    assert resample(source, Timeframe.M1, complete_until_ms=at(3)[0]).candles == source


@given(
    st.sets(st.integers(0, 40), min_size=1).map(sorted),
    st.lists(st.tuples(st.integers(0, 40), st.integers(1, 8)), max_size=3),
    st.integers(0, 45),
)
def test_every_bar_is_built_or_explained_or_wholly_an_outage(
    present: list[int], outage_minutes: list[tuple[int, int]], complete: int
) -> None:
    source = Candles.from_rows(
        ETH, Timeframe.M1, [(minute * MINUTE_MS, 2, 3, 1, 2, minute) for minute in present]
    )
    outages = [TimeRange(*at(start, start + length)) for start, length in outage_minutes]
    built = resample(source, Timeframe.M5, complete_until_ms=complete * MINUTE_MS, outages=outages)
    silent = {m for start, length in outage_minutes for m in range(start, start + length)}
    for bar in range(present[0] // 5, complete // 5):
        minutes = set(range(bar * 5, bar * 5 + 5))
        there, holes = minutes & set(present), minutes - set(present) - silent
        opened = bar * 5 * MINUTE_MS
        assert (opened in built.candles.open_time_ms) == bool(there and not holes)
        assert (opened in {b.open_time_ms for b in built.not_built}) == bool(holes)
        assert (opened in {b.open_time_ms for b in built.built_across_outages}) == bool(
            there and not holes and minutes - there
        )
        volumes = built.candles.between(opened, opened + 1).volume.tolist()
        assert volumes == ([sum(there)] if there and not holes else [])
    assert all(t + 5 * MINUTE_MS <= complete * MINUTE_MS for t in built.candles.open_time_ms)
