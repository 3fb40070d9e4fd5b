"""How complete a series is, of what was counted; pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from market_service.coverage_store import Coverage, Survey
from market_service.find_gaps import history_start
from market_service.schemas import BackfillStatus, BarRange, SeriesStatus
from trading_core.time_range import TimeRange
from trading_core.timeframe import Timeframe


@dataclass(frozen=True, slots=True)
class Missing:
    """Stretches of one series, the newest few first."""

    holes: tuple[TimeRange, ...] = ()
    outages: tuple[TimeRange, ...] = ()


def series_status(
    survey: Survey,
    missing: Missing,
    *,
    settled_ms: int,
    now_ms: int,
    wanted: Mapping[Timeframe, int | None],
) -> SeriesStatus:
    timeframe = survey.timeframe
    return SeriesStatus(
        stored=survey.stored,
        first=survey.first_ms,
        last=survey.last_ms,
        live_since=survey.coverage.live_since_ms,
        holes=holes_in(survey, settled_ms),
        newest_holes=_bar_ranges(missing.holes, timeframe),
        outages=survey.outages,
        outage_bars=survey.outage_ms // timeframe.duration_ms,
        newest_outages=_bar_ranges(missing.outages, timeframe),
        backfill=_backfill(survey, now_ms, wanted.get(timeframe)),
    )


def holes_in(survey: Survey, settled_ms: int) -> int:
    """Bars, from where the history reaches; what is not fetched yet is no hole."""
    timeframe = survey.timeframe
    expected = timeframe.bars_between(asked_from(survey.coverage), timeframe.bar_open(settled_ms))
    missing = expected - survey.stored_since_backfill - survey.outage_ms // timeframe.duration_ms
    return max(0, missing)


def asked_from(coverage: Coverage) -> int:
    """Open of the oldest bar that was asked for and can be there."""
    return max(coverage.backfilled_from_ms, coverage.first_available_ms or 0)


def _backfill(survey: Survey, now_ms: int, wanted: int | None) -> BackfillStatus:
    timeframe, coverage = survey.timeframe, survey.coverage
    remaining = None
    if coverage.first_available_ms is not None:
        start_ms = history_start(timeframe, now_ms, wanted, coverage.first_available_ms)
        remaining = timeframe.bars_between(start_ms, coverage.backfilled_from_ms)
    return BackfillStatus(
        from_ms=coverage.backfilled_from_ms, remaining=remaining, done=remaining == 0
    )


def _bar_ranges(found: Iterable[TimeRange], timeframe: Timeframe) -> list[BarRange]:
    return [BarRange.of(one, timeframe) for one in found]
