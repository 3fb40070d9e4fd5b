"""The scorecard taken apart, as it is published: arrays of a curve, and a row a part."""

from pydantic import Field

from signals_service.performance_schemas import (
    FeedFigures,
    Figures,
    PeriodFigures,
    ScoreFigures,
)
from trading_core.decision.sides import Side
from trading_core.signal_state import SignalOrigin
from trading_core.timeframe import Timeframe


class PartFigures(ScoreFigures):
    """Like every score without shares and means under 30 outcomes; the sum is always there."""

    total_net_r: float = Field(description="of all its outcomes, net of fees")


class MonthFigures(PartFigures):
    month: str = Field(description="UTC, of the exit", examples=["2024-07"])


class SideFigures(PartFigures):
    side: Side


class ConfidenceFigures(PartFigures):
    calibrated: bool = Field(description="whether it was a measured chance; both never in one bin")
    from_percent: int
    until_percent: int = Field(description="exclusive, but for 100")
    mean_confidence: float = Field(description="percent; `hitRate` is what came of it, 0…1")


class EngineFigures(PartFigures):
    engine_version: str


class TimeframeFigures(PartFigures):
    timeframe: Timeframe


class RandomPathFigures(Figures):
    """Cumulative net R of as many random entries of the same sides, at each exit by itself."""

    draws: int
    seed: int
    mean: list[float]
    percentile_5: list[float]
    percentile_95: list[float]


class EquityBaselineFigures(Figures):
    """One value an exit of the curve."""

    always_hold_net_r: float = Field(description="at every exit")
    buy_and_hold_percent: list[float] | None = Field(
        description="since the first entry, net of fees; null without candles there"
    )
    random_entries: RandomPathFigures | None = Field(
        description="null where the signals are too few, or no bar could have been entered"
    )


class EquityFigures(Figures):
    """Columns of one length, in the order of leaving; equal risk each, not compounded.

    Of more than 5,000 outcomes at most 2,000 are shown: the first, the last, and the highest and
    the lowest point of each of 999 stretches. Their cumulative sums are those of all outcomes.
    """

    thinned: bool
    exit_ms: list[int]
    side: list[Side]
    net_r: list[float] = Field(description="of that signal alone, net of fees")
    cumulative_net_r: list[float]
    baselines: EquityBaselineFigures | None = Field(description="null without an outcome")


class HistogramBinFigures(Figures):
    """Outcomes whose net R lies in [fromR, untilR)."""

    from_r: float | None = Field(description="null: open below")
    until_r: float | None = Field(description="null: open above")
    n: int
    hits: int
    stopped: int
    expired: int
    ambiguous: int = Field(description="of those stopped")


class BreakdownFigures(Figures):
    symbol: str = Field(examples=["ETHUSDT"])
    timeframe: Timeframe
    since: int | None = Field(description="null: since ever")
    origin: SignalOrigin
    engine_version: str | None = Field(description="null: live signals of every engine")
    feed: FeedFigures
    period: PeriodFigures | None = Field(description="null without an outcome")
    total: PartFigures
    equity: EquityFigures
    distribution: list[HistogramBinFigures] = Field(
        description="quarters of R from −3 to +2, and one open bin on either side"
    )
    by_month: list[MonthFigures] = Field(description="those with an outcome, ascending")
    by_side: list[SideFigures]
    by_confidence: list[ConfidenceFigures] = Field(
        description="bins with an outcome; uncalibrated first, ascending"
    )
    by_engine: list[EngineFigures] = Field(
        description="every engine with an outcome in this series, whichever was asked for"
    )
    by_timeframe: list[TimeframeFigures] = Field(
        description="every timeframe of the symbol with an outcome"
    )
