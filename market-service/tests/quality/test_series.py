from decimal import Decimal

import pytest

from market_service.coverage_store import Coverage
from market_service.quality.counts import Counted, Revision
from market_service.quality.series import (
    completeness,
    judged_range,
    nothing_judged,
    revised_bar,
    series_quality,
    verdict,
)
from trading_core.candle_origin import CandleOrigin
from trading_core.time_range import TimeRange
from trading_core.timeframe import MINUTE_MS, Timeframe

START_MS = 1_722_807_000_000
WATCHED = Coverage(START_MS, START_MS, START_MS)


def minutes(first: int, after: int) -> TimeRange:
    return TimeRange(START_MS + first * MINUTE_MS, START_MS + after * MINUTE_MS)


def counted(
    origins: dict[CandleOrigin, int],
    outages: tuple[TimeRange, ...] = (),
    holes: tuple[TimeRange, ...] = (),
) -> Counted:
    """Of ten minutes."""
    return Counted(Timeframe.M1, minutes(0, 10), origins, outages, holes)


def test_a_whole_series_has_all_that_is_expected() -> None:
    origins = {CandleOrigin.LIVE: 7, CandleOrigin.HEALED: 1, CandleOrigin.BACKFILL: 2}
    found = series_quality(counted(origins), None)
    assert (found.whole, found.verdict, found.completeness) == (True, "whole", 100.0)
    assert (found.stored, found.expected, found.holes) == (10, 10, 0)
    assert (found.origins.live, found.origins.healed, found.origins.backfill) == (7, 1, 2)


def test_a_hole_is_missing_and_an_outage_is_not() -> None:
    holes = (minutes(5, 6), minutes(8, 10))
    found = series_quality(counted({CandleOrigin.LIVE: 5}, (minutes(2, 4),), holes), None)
    assert (found.whole, found.verdict) == (False, "healing 3 bars, 1 outage known")
    assert (found.expected, found.stored, found.holes, found.outage_bars) == (8, 5, 3, 2)
    assert found.completeness == 62.5
    assert [one.bars for one in found.newest_holes] == [2, 1]


@pytest.mark.parametrize(
    ("since_ms", "expected"),
    [
        (None, minutes(0, 9)),
        (0, minutes(0, 9)),
        (START_MS + 1, minutes(1, 9)),
        (START_MS + 9 * MINUTE_MS, None),
        (START_MS + 60 * MINUTE_MS, None),
    ],
)
def test_bars_are_judged_from_since_until_the_last_settled(
    since_ms: int | None, expected: TimeRange | None
) -> None:
    settled_ms = START_MS + 9 * MINUTE_MS + 30_000
    assert judged_range(WATCHED, Timeframe.M1, since_ms, settled_ms) == expected


def test_what_the_exchange_did_not_have_at_first_is_not_judged() -> None:
    late = Coverage(START_MS, 0, START_MS)
    assert judged_range(late, Timeframe.M1, None, START_MS + MINUTE_MS) == minutes(0, 1)


@pytest.mark.parametrize(
    ("stored", "expected", "percent"),
    [(0, 0, None), (0, 5, 0.0), (5, 5, 100.0), (2_999_999, 3_000_000, 99.9999)],
)
def test_only_what_is_whole_is_a_hundred_percent(
    stored: int, expected: int, percent: float | None
) -> None:
    assert completeness(stored, expected) == percent


def test_a_revision_names_what_it_changed() -> None:
    before = tuple(map(Decimal, ("1.00", "3", "1", "2", "9.50")))
    after = tuple(map(Decimal, ("1", "3", "1", "2.5", "9.6")))
    told = revised_bar(Revision(START_MS, START_MS + 90_000, before, after))
    assert told.changed == ["close", "volume"]
    assert (told.timestamp, told.seen_at_ms) == (START_MS, START_MS + 90_000)


@pytest.mark.parametrize(
    ("holes", "outages", "sentence"),
    [
        (0, 0, "whole"),
        (1, 0, "healing 1 bar"),
        (0, 2, "whole, 2 outages known"),
        (1_200, 1, "healing 1,200 bars, 1 outage known"),
    ],
)
def test_the_verdict_is_a_sentence(holes: int, outages: int, sentence: str) -> None:
    assert verdict(holes, outages) == sentence


def test_what_nobody_watches_is_not_called_whole() -> None:
    assert not nothing_judged(Timeframe.D1, watched=False).whole
    assert nothing_judged(Timeframe.D1, watched=True).whole
