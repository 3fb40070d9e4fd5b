"""What the gateway says of the platform, as far as a health report needs it."""

from typing import Literal

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel


class _Told(BaseModel):
    model_config = ConfigDict(
        alias_generator=to_camel, populate_by_name=True, frozen=True, protected_namespaces=()
    )


class ToldFault(_Told):
    kind: str
    count: int
    ago_ms: int


class ToldFeed(_Told):
    kind: str
    source: str
    state: str
    age_ms: int | None
    event_time_ms: int
    faults: list[ToldFault] | None


class ToldService(_Told):
    name: str
    state: Literal["ready", "not_ready", "unreachable"]
    checks: dict[str, str]


class ToldDecisions(_Told):
    last_decided_ms: int | None
    undecided: int
    skipped: int


class ToldSeries(_Told):
    symbol: str
    timeframe: str
    decisions: ToldDecisions | None


class ToldModel(_Told):
    symbol: str
    timeframe: str
    abstains_for: str | None
    skill: float | None
    degraded: bool
    degraded_reason: str | None


class ToldJob(_Told):
    name: str
    last_state: Literal["ok", "failed"] | None
    last_error: str | None
    failures_in_a_row: int


class ToldStatus(_Told):
    """`GET /api/status`."""

    feed: ToldFeed
    services: list[ToldService]
    series: list[ToldSeries]
    models: list[ToldModel] | None
    jobs: list[ToldJob] | None


class ToldSeriesQuality(_Told):
    timeframe: str
    holes: int
    verdict: str


class ToldQuality(_Told):
    """`GET /api/market/quality`."""

    symbol: str
    whole: bool
    series: list[ToldSeriesQuality]
