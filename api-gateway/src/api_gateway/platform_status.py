"""What `GET /api/status` answers. Times are event time, ms UTC; ages and durations wall time."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from service_kit.events import FeedStatus
from trading_core.timeframe import Timeframe


class _Status(BaseModel):
    model_config = ConfigDict(
        alias_generator=to_camel, populate_by_name=True, frozen=True, protected_namespaces=()
    )


class FeedFault(_Status):
    kind: str
    count: int = Field(description="since market-service began")
    ago_ms: int = Field(description="wall time since the last one")


class PlatformFeed(_Status):
    kind: Literal["live", "replay", "simulated"]
    source: str
    state: FeedStatus
    age_ms: int | None = Field(description="since the newest good frame; null before the first")
    event_time_ms: int = Field(description="the stack's clock")
    speed: float = Field(description="event seconds that pass in a wall second")
    faults: list[FeedFault] | None = Field(
        description="what the exchange did wrong, the latest first; null where the market is away"
    )


class ServiceStatus(_Status):
    name: str
    state: Literal["ready", "not_ready", "unreachable"]
    checks: dict[str, str] = Field(description="what it needs: `ok`, or what is wrong")
    latency_ms: float | None = Field(description="of its readiness; null where it did not answer")
    version: str | None


class MissingBars(_Status):
    from_ms: int
    until_ms: int
    bars: int = Field(description="that open in [fromMs, untilMs)")


class HolesStatus(_Status):
    bars: int = Field(description="missing and being asked for")
    newest: list[MissingBars]


class OutagesStatus(_Status):
    count: int = Field(description="stretches that the exchange never had")
    bars: int
    newest: list[MissingBars]


class HistoryStatus(_Status):
    from_ms: int = Field(description="history reaches down to this bar")
    remaining: int | None = Field(description="bars to fetch; null until the first is known")
    done: bool


class CandlesStatus(_Status):
    stored: int
    first_ms: int | None = Field(description="open of the oldest stored bar")
    last_closed_ms: int | None = Field(description="open of the newest stored bar")
    live_since_ms: int = Field(description="since when this stack watches")
    holes: HolesStatus
    outages: OutagesStatus
    history: HistoryStatus


class DecisionsStatus(_Status):
    decided_until_ms: int = Field(description="bars that open before this were walked past")
    last_decided_ms: int | None = Field(description="open of the newest decided bar")
    undecided: int = Field(description="closed bars since: more than one is being behind")
    skipped: int = Field(description="bars that were given up for want of an input")
    waiting_for: str | None
    waiting_seconds: float | None = Field(description="wall time")


class SeriesStatus(_Status):
    symbol: str = Field(examples=["ETHUSDT"])
    timeframe: Timeframe
    candles: CandlesStatus | None = Field(description="null while nothing is known of them")
    decisions: DecisionsStatus | None = Field(description="null while nothing is known of them")


class LiveModelStatus(_Status):
    scored: int = Field(description="of its last forecasts, those whose outcome is known")
    verdict: Literal["too_few", "better_than_prior", "worse_than_prior", "undecided"]


class DriftStatus(_Status):
    bars: int = Field(description="the last so many that it forecast")
    psi: float = Field(description="mean of its features', by importance")
    usual_psi: float | None = Field(description="what 99 of 100 windows in training stayed below")
    extent: Literal["small", "moderate", "large"]
    is_unusual: bool


class ModelStatus(_Status):
    symbol: str = Field(examples=["ETHUSDT"])
    timeframe: Timeframe
    model_id: str | None = Field(description="that serves, or would if it had skill")
    abstains_for: str | None = Field(
        description="`no_model`, `no_skill` or `model_unreadable`; null where it serves"
    )
    feature_set: str | None
    trained_at_ms: int | None
    verdict: str | None = Field(description="of the skill gate, for people")
    skill: float | None = Field(description="1 − log-loss / prior's, on bars it never saw")
    skill_interval: tuple[float, float] | None = Field(description="95 %")
    degraded: bool
    degraded_reason: str | None
    live: LiveModelStatus | None = Field(description="null before its first review")
    drift: DriftStatus | None = Field(description="null while it has forecast too few bars")


class JobStatus(_Status):
    name: str
    purpose: str
    schedule: str
    period_ms: int
    last_run_ms: int | None
    last_duration_ms: int | None
    last_state: Literal["ok", "failed"] | None = Field(description="null before its first run")
    last_error: str | None
    failures_in_a_row: int
    running: bool
    next_run_ms: int | None = Field(description="null while the clock stands")


class PlatformStatus(_Status):
    feed: PlatformFeed
    services: list[ServiceStatus]
    series: list[SeriesStatus] = Field(description="every watched one, whoever is away")
    models: list[ModelStatus] | None = Field(description="null while ml-service does not answer")
    jobs: list[JobStatus] | None = Field(description="null while the scheduler does not answer")
