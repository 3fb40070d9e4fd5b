"""What siblings say of themselves, as far as the platform's status needs it.

They are strangers: what they say beside this is not looked at.
"""

from typing import Literal

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

from service_kit.events import FeedState
from trading_core.timeframe import Timeframe


class CamelReport(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, frozen=True)


class ReadinessReport(CamelReport):
    """`GET /readyz` of any sibling, with 200 or with 503."""

    ready: bool
    checks: dict[str, str]
    version: str


class RangeReport(CamelReport):
    from_ms: int
    until_ms: int
    bars: int


class BackfillReport(CamelReport):
    from_ms: int
    remaining: int | None
    done: bool


class SeriesReport(CamelReport):
    stored: int
    first: int | None
    last: int | None
    live_since: int
    holes: int
    newest_holes: list[RangeReport]
    outages: int
    outage_bars: int
    newest_outages: list[RangeReport]
    backfill: BackfillReport


class FaultReport(CamelReport):
    count: int
    last_ms: int


class FeedReport(FeedState):
    """The feed's state, and what the exchange did wrong, by the name of each kind.

    No faults are an empty dict; None where market-service's leader does not tell.
    """

    faults: dict[str, FaultReport] | None = None


class MarketReport(CamelReport):
    """`GET /status` of market-service."""

    feed: FeedReport
    candles: dict[str, dict[Timeframe, SeriesReport]]


class DecisionsOfSeries(CamelReport):
    symbol: str
    timeframe: Timeframe
    decided_until: int
    last_decided: int | None
    undecided: int
    skipped: int
    waiting_for: str | None
    waiting_seconds: float | None


class DecisionsReport(CamelReport):
    """`GET /status` of signals-service."""

    engine_version: str
    series: list[DecisionsOfSeries]


class LiveReport(BaseModel):
    scored: int
    verdict: Literal["too_few", "better_than_prior", "worse_than_prior", "undecided"]


class DriftReport(BaseModel):
    bars: int
    weighted_psi: float
    usual_weighted_psi: float | None
    extent: Literal["small", "moderate", "large"]
    is_unusual: bool


class ModelReport(BaseModel):
    """Names are ml-service's own: snake_case."""

    model_config = ConfigDict(protected_namespaces=())

    symbol: str
    timeframe: Timeframe
    model_id: str | None
    abstains_for: str | None
    feature_set: str | None
    trained_at: int | None
    verdict: str | None
    log_loss_skill: float | None
    skill_interval: tuple[float, float] | None
    degraded: bool
    degraded_reason: str | None
    live: LiveReport | None
    drift: DriftReport | None


class ModelsReport(BaseModel):
    """`GET /status` of ml-service."""

    models: list[ModelReport]


class MomentReport(CamelReport):
    event_ms: int


class RunReport(CamelReport):
    began: MomentReport
    duration_ms: int
    error: str | None


class JobReport(CamelReport):
    name: str
    purpose: str
    schedule: str
    period_ms: int
    running: bool
    next_run: MomentReport | None
    last_run: RunReport | None
    consecutive_failures: int


class JobsReport(CamelReport):
    """`GET /jobs` of the scheduler."""

    jobs: list[JobReport]
