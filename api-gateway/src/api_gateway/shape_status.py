"""What siblings said of themselves → what the platform says of itself; pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from api_gateway.plain_sentence import plain_sentence
from api_gateway.platform_status import (
    CandlesStatus,
    DecisionsStatus,
    DriftStatus,
    FeedFault,
    HistoryStatus,
    HolesStatus,
    JobStatus,
    LiveModelStatus,
    MissingBars,
    ModelStatus,
    OutagesStatus,
    PlatformFeed,
    PlatformStatus,
    SeriesStatus,
    ServiceStatus,
)
from api_gateway.sibling_reports import (
    DecisionsOfSeries,
    DecisionsReport,
    FeedReport,
    JobReport,
    JobsReport,
    MarketReport,
    ModelReport,
    ModelsReport,
    RangeReport,
    ReadinessReport,
    SeriesReport,
)
from service_kit.events import FeedState
from service_kit.series import Series


@dataclass(frozen=True, slots=True)
class Readiness:
    """What a service said, and in how many wall milliseconds; None where it did not answer."""

    report: ReadinessReport | None
    latency_ms: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """None is a sibling that did not answer."""

    event_time_ms: int
    wall_ms: int
    speed: float
    heard: FeedState
    """What was last heard of the feed, for when the market itself does not answer."""
    services: Mapping[str, Readiness]
    market: MarketReport | None
    decisions: DecisionsReport | None
    models: ModelsReport | None
    jobs: JobsReport | None


def shape_status(gathered: Gathered, watched: Iterable[Series]) -> PlatformStatus:
    return PlatformStatus(
        feed=_feed(gathered),
        services=[_service(name, found) for name, found in gathered.services.items()],
        series=[_series(one, gathered) for one in watched],
        models=gathered.models and [_model(one) for one in gathered.models.models],
        jobs=gathered.jobs and [_job(one) for one in gathered.jobs.jobs],
    )


def _feed(gathered: Gathered) -> PlatformFeed:
    told = gathered.market.feed if gathered.market else gathered.heard
    return PlatformFeed(
        kind=told.kind,
        source=told.source,
        state=told.state,
        age_ms=told.age_ms,
        event_time_ms=gathered.event_time_ms,
        speed=gathered.speed,
        faults=gathered.market and _faults(gathered.market.feed, gathered.wall_ms),
    )


def _faults(feed: FeedReport, wall_ms: int) -> list[FeedFault] | None:
    if feed.faults is None:
        return None
    found = [
        FeedFault(kind=kind, count=fault.count, ago_ms=max(0, wall_ms - fault.last_ms))
        for kind, fault in feed.faults.items()
    ]
    return sorted(found, key=lambda fault: fault.ago_ms)


def _service(name: str, found: Readiness) -> ServiceStatus:
    report = found.report
    if report is None:
        return ServiceStatus(
            name=name, state="unreachable", checks={}, latency_ms=None, version=None
        )
    return ServiceStatus(
        name=name,
        state="ready" if report.ready else "not_ready",
        checks={check: plain_sentence(said) for check, said in report.checks.items()},
        latency_ms=round(found.latency_ms, 1),
        version=report.version,
    )


def _series(series: Series, gathered: Gathered) -> SeriesStatus:
    symbol, timeframe = series.key
    counted = gathered.market and gathered.market.candles.get(symbol, {}).get(series.timeframe)
    decided = _decisions_of(series, gathered.decisions.series if gathered.decisions else ())
    return SeriesStatus(
        symbol=symbol,
        timeframe=timeframe,
        candles=counted and _candles(counted),
        decisions=decided and _decisions(decided),
    )


def _candles(found: SeriesReport) -> CandlesStatus:
    outages = _missing(found.newest_outages)
    return CandlesStatus(
        stored=found.stored,
        first_ms=found.first,
        last_closed_ms=found.last,
        live_since_ms=found.live_since,
        holes=HolesStatus(bars=found.holes, newest=_missing(found.newest_holes)),
        outages=OutagesStatus(count=found.outages, bars=found.outage_bars, newest=outages),
        history=HistoryStatus(
            from_ms=found.backfill.from_ms,
            remaining=found.backfill.remaining,
            done=found.backfill.done,
        ),
    )


def _missing(found: Iterable[RangeReport]) -> list[MissingBars]:
    return [MissingBars(from_ms=o.from_ms, until_ms=o.until_ms, bars=o.bars) for o in found]


def _decisions_of(series: Series, found: Sequence[DecisionsOfSeries]) -> DecisionsOfSeries | None:
    return next((one for one in found if (one.symbol, one.timeframe) == series.key), None)


def _decisions(found: DecisionsOfSeries) -> DecisionsStatus:
    return DecisionsStatus(
        decided_until_ms=found.decided_until,
        last_decided_ms=found.last_decided,
        undecided=found.undecided,
        skipped=found.skipped,
        waiting_for=found.waiting_for,
        waiting_seconds=found.waiting_seconds,
    )


def _model(found: ModelReport) -> ModelStatus:
    live, drift = found.live, found.drift
    return ModelStatus(
        symbol=found.symbol,
        timeframe=found.timeframe,
        model_id=found.model_id,
        abstains_for=found.abstains_for,
        feature_set=found.feature_set,
        trained_at_ms=found.trained_at,
        verdict=found.verdict,
        skill=found.log_loss_skill,
        skill_interval=found.skill_interval,
        degraded=found.degraded,
        degraded_reason=found.degraded_reason,
        live=live and LiveModelStatus(scored=live.scored, verdict=live.verdict),
        drift=drift
        and DriftStatus(
            bars=drift.bars,
            psi=drift.weighted_psi,
            usual_psi=drift.usual_weighted_psi,
            extent=drift.extent,
            is_unusual=drift.is_unusual,
        ),
    )


def _job(found: JobReport) -> JobStatus:
    last = found.last_run
    return JobStatus(
        name=found.name,
        purpose=found.purpose,
        schedule=found.schedule,
        period_ms=found.period_ms,
        last_run_ms=last and last.began.event_ms,
        last_duration_ms=last and last.duration_ms,
        last_state=last and ("ok" if last.error is None else "failed"),
        last_error=last and last.error,
        failures_in_a_row=found.consecutive_failures,
        running=found.running,
        next_run_ms=found.next_run and found.next_run.event_ms,
    )
