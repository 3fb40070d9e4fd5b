from dataclasses import replace

from market_service.coverage_store import Coverage, Survey
from market_service.schemas import SeriesStatus
from market_service.series_status import Missing, series_status
from trading_core.time_range import TimeRange
from trading_core.timeframe import MINUTE_MS, Timeframe

NOW_MS = 1_722_807_030_000
OPEN_MS = 1_722_807_000_000
FIRST_MS = OPEN_MS - 20_000 * MINUTE_MS
COVERAGE = Coverage(OPEN_MS, OPEN_MS - 10_000 * MINUTE_MS, FIRST_MS)
COMPLETE = Survey(
    "ETHUSDT", Timeframe.M1, COVERAGE, 10_000, COVERAGE.backfilled_from_ms, OPEN_MS, 10_000, 0, 0
)
NOTHING_MISSING = Missing()


def status(
    survey: Survey, wanted: int | None = 10_000, missing: Missing = NOTHING_MISSING
) -> SeriesStatus:
    return series_status(
        survey, missing, settled_ms=NOW_MS, now_ms=NOW_MS, wanted={Timeframe.M1: wanted}
    )


def test_a_complete_series_has_no_hole_and_nothing_to_fetch() -> None:
    found = status(COMPLETE)
    assert found.holes == 0
    assert found.backfill.done


def test_what_is_neither_stored_nor_an_outage_is_a_hole() -> None:
    survey = replace(COMPLETE, stored_since_backfill=9_990, outages=1, outage_ms=7 * MINUTE_MS)
    found = status(survey)
    assert (found.holes, found.outages, found.outage_bars) == (3, 1, 7)


def test_what_is_missing_is_shown_in_bars() -> None:
    hole = TimeRange(OPEN_MS - 4 * MINUTE_MS, OPEN_MS - MINUTE_MS)
    outage = TimeRange(OPEN_MS - 9 * MINUTE_MS, OPEN_MS - 7 * MINUTE_MS)
    found = status(COMPLETE, missing=Missing((hole,), (outage,)))
    assert [one.model_dump() for one in found.newest_holes] == [
        {"from_ms": hole.start_ms, "until_ms": hole.end_ms, "bars": 3}
    ]
    assert [one.bars for one in found.newest_outages] == [2]


def test_history_that_is_still_to_come_is_no_hole() -> None:
    found = status(COMPLETE, wanted=None)
    assert found.holes == 0
    assert (found.backfill.remaining, found.backfill.done) == (10_000, False)


def test_an_exchange_that_was_never_asked_leaves_the_rest_unknown() -> None:
    unknown = replace(COMPLETE, coverage=replace(COVERAGE, first_available_ms=None))
    assert status(unknown).backfill.remaining is None
