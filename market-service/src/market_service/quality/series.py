"""What the counts of a series mean; pure."""

from collections.abc import Mapping, Sequence
from typing import Final, get_args

from market_service.coverage_store import Coverage
from market_service.quality.counts import Counted, Delays, Revision
from market_service.quality.schemas import (
    Arrivals,
    ArrivalSpan,
    DelayFigures,
    Figure,
    Origins,
    RevisedBar,
    SeriesQuality,
)
from market_service.schemas import BarRange
from market_service.series_status import asked_from
from trading_core.candle_origin import CandleOrigin
from trading_core.time_range import TimeRange
from trading_core.timeframe import Timeframe

NEWEST: Final = 5
"""Holes, outages and revisions that are told one by one."""
FIGURES: Final[tuple[Figure, ...]] = get_args(Figure)
PLACES: Final = 10_000


def judged_range(
    coverage: Coverage, timeframe: Timeframe, since_ms: int | None, settled_ms: int
) -> TimeRange | None:
    """The bars that can be missed: asked for, not before `since_ms`, and settled; None of none."""
    start_ms = max(asked_from(coverage), since_ms or 0)
    return TimeRange(start_ms, settled_ms).whole_bars(timeframe) if start_ms < settled_ms else None


def series_quality(counted: Counted, arrivals: Arrivals | None) -> SeriesQuality:
    """Of a series that is watched; it was counted within what `judged_range` said."""
    timeframe, within, outages = counted.timeframe, counted.within, len(counted.outages)
    return SeriesQuality(
        timeframe=timeframe,
        whole=not counted.missing,
        verdict=verdict(counted.missing, outages),
        from_ms=within.start_ms,
        until_ms=within.end_ms,
        stored=counted.stored,
        expected=counted.expected,
        completeness=completeness(counted.stored, counted.expected),
        holes=counted.missing,
        newest_holes=_newest(counted.holes, timeframe),
        outages=outages,
        outage_bars=counted.outage_bars,
        newest_outages=_newest(counted.outages, timeframe),
        revisions=counted.revisions,
        newest_revisions=[revised_bar(one) for one in counted.newest_revisions],
        origins=Origins(**{origin: counted.origins.get(origin, 0) for origin in CandleOrigin}),
        arrivals=arrivals,
    )


def nothing_judged(timeframe: Timeframe, *, watched: bool) -> SeriesQuality:
    """Of a series of which no bar is due."""
    return SeriesQuality(
        timeframe=timeframe,
        whole=watched,
        verdict="no bar is due yet" if watched else "not watched yet",
        from_ms=None,
        until_ms=None,
        stored=0,
        expected=0,
        completeness=None,
        holes=0,
        newest_holes=[],
        outages=0,
        outage_bars=0,
        newest_outages=[],
        revisions=0,
        newest_revisions=[],
        origins=Origins(live=0, healed=0, backfill=0),
        arrivals=None,
    )


def verdict(holes: int, outages: int) -> str:
    state = f"healing {_counted(holes, 'bar')}" if holes else "whole"
    return f"{state}, {_counted(outages, 'outage')} known" if outages else state


def completeness(stored: int, expected: int) -> float | None:
    """Percent, rounded down: only what is whole is 100."""
    return stored * 100 * PLACES // expected / PLACES if expected else None


def revised_bar(revision: Revision) -> RevisedBar:
    pairs = zip(FIGURES, revision.before, revision.after, strict=True)
    return RevisedBar(
        timestamp=revision.open_ms,
        changed=[figure for figure, before, after in pairs if before != after],
        seen_at_ms=revision.replaced_at_ms,
    )


def arrival_span(delays: Mapping[CandleOrigin, Delays]) -> ArrivalSpan:
    live, healed = (
        delays.get(origin, Delays()) for origin in (CandleOrigin.LIVE, CandleOrigin.HEALED)
    )
    return ArrivalSpan(live=_figures(live), healed=_figures(healed))


def _figures(delays: Delays) -> DelayFigures:
    return DelayFigures(
        count=delays.count,
        p50_ms=delays.p50_ms,
        p95_ms=delays.p95_ms,
        p99_ms=delays.p99_ms,
        max_ms=delays.max_ms,
    )


def _newest(ascending: Sequence[TimeRange], timeframe: Timeframe) -> list[BarRange]:
    return [BarRange.of(one, timeframe) for one in ascending[: -NEWEST - 1 : -1]]


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
