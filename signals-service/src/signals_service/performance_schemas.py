"""The scorecard as it is published: the figures of trading-core, in camelCase."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from trading_core.timeframe import Timeframe


class Figures(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, from_attributes=True)


class ScoreFigures(Figures):
    """Counts always; shares and means only from 30 outcomes on, before that `verdict` says so."""

    n: int
    hits: int = Field(description="take-profit 1 before the stop and the horizon")
    stopped: int
    expired: int
    ambiguous: int = Field(
        description="stop and target in one bar, with nothing finer: counted as stopped"
    )
    verdict: str | None = Field(description="`too few`, else null")
    hit_rate: float | None = Field(description="0…1")
    hit_rate_low: float | None = Field(description="of its Wilson 95 % interval")
    hit_rate_high: float | None
    mean_net_r: float | None = Field(description="net of fees, in units of the risk taken")
    net_r_standard_error: float | None
    mean_profit_loss_percent: float | None = Field(description="net of fees, a signal")


class DistributionFigures(Figures):
    mean: float
    percentile_5: float
    percentile_95: float


class RandomEntriesFigures(Figures):
    """As many entries of the same sides at random bars, with the same levels and fees."""

    draws: int
    seed: int
    mean_net_r: DistributionFigures
    hit_rate: DistributionFigures
    mean_profit_loss_percent: DistributionFigures
    share_below: float = Field(description="draws whose mean net R was below the signals' own, 0…1")


class BaselineFigures(Figures):
    always_hold_net_r: float
    buy_and_hold_percent: float | None
    random_entries: RandomEntriesFigures | None


class PeriodFigures(Figures):
    start_ms: int = Field(description="the first entry")
    end_ms: int = Field(description="the last exit")


class GroupFigures(Figures):
    total: ScoreFigures
    buy: ScoreFigures
    sell: ScoreFigures
    period: PeriodFigures | None
    baselines: BaselineFigures | None = Field(description="of one series only")


class CountFigures(Figures):
    active: int = 0
    closed: int = 0
    expired: int = 0
    ambiguous: int = 0
    continuing: int = 0
    hold: int = 0
    decided: int = 0


class OriginCounts(Figures):
    live: CountFigures
    late: CountFigures
    historical: CountFigures


class SeriesFigures(Figures):
    symbol: str = Field(examples=["ETHUSDT"])
    timeframe: Timeframe
    live: GroupFigures
    historical: GroupFigures = Field(description="rebuilt over stored history, never live")


class FeedFigures(Figures):
    kind: Literal["live", "replay", "simulated"]
    source: str


class PerformanceFigures(Figures):
    symbol: str | None = Field(description="null: every market that is watched")
    timeframe: Timeframe | None = Field(description="null: every timeframe")
    since: int | None = Field(description="null: since ever")
    feed: FeedFigures
    engine_version: str = Field(description="of the historical ones")
    live: GroupFigures
    historical: GroupFigures = Field(description="rebuilt over stored history, never live")
    counts: OriginCounts
    series: list[SeriesFigures] = Field(description="those with an outcome")
