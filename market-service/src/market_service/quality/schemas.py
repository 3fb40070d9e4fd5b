"""The data-quality report, field by field; docs/data-quality.md says the same at length."""

from typing import Literal

from pydantic import Field

from market_service.schemas import Answer, BarRange
from service_kit.events import FeedStatus
from trading_core.timeframe import Timeframe

Figure = Literal["open", "high", "low", "close", "volume"]


class Origins(Answer):
    """How the stored bars came; judged when a bar is stored for the first time."""

    live: int = Field(description="bars stored at most 10 wall seconds after their close")
    healed: int = Field(description="bars stored later than that: the late arrivals")
    backfill: int = Field(description="bars that had closed before this stack watched")


class DelayFigures(Answer):
    """Wall milliseconds from a bar's close until it was stored for the first time."""

    count: int = Field(description="bars")
    p50_ms: int | None = Field(description="nearest rank, wall ms; null where no bar came")
    p95_ms: int | None = Field(description="nearest rank, wall ms")
    p99_ms: int | None = Field(description="nearest rank, wall ms")
    max_ms: int | None = Field(description="wall ms")


class ArrivalSpan(Answer):
    live: DelayFigures = Field(description="bars stored within 10 s")
    healed: DelayFigures = Field(description="bars stored later, and how fast they were healed")


class Arrivals(Answer):
    """By when a bar closed, in event time; bars that closed before `sinceMs` are not measured."""

    since_ms: int = Field(
        description="event time: the later of the report's start and of the start of the clock "
        "that now runs, before which a close cannot be placed on the wall's clock"
    )
    last_hour: ArrivalSpan = Field(description="bars that closed in the last hour of event time")
    last_day: ArrivalSpan = Field(description="bars that closed in the last day of event time")
    whole: ArrivalSpan = Field(description="bars that closed since `sinceMs`")


class RevisedBar(Answer):
    timestamp: int = Field(description="the bar's open, ms")
    changed: list[Figure] = Field(description="what the newer version tells otherwise")
    seen_at_ms: int = Field(description="event time at which the newer version was seen")


class SeriesQuality(Answer):
    timeframe: Timeframe
    whole: bool = Field(description="whether nothing is missing that the exchange has")
    verdict: str = Field(examples=["whole", "healing 3 bars, 2 outages known"])
    from_ms: int | None = Field(
        description="open of the first bar that is judged: the oldest that was asked for, or the "
        "first at or after `since`; null while nobody watches the series"
    )
    until_ms: int | None = Field(
        description="open of the first bar that is not judged yet: a bar is due one wall second "
        "after its close"
    )
    stored: int = Field(description="bars that open in [fromMs, untilMs)")
    expected: int = Field(
        description="bars in [fromMs, untilMs), without those of recorded outages"
    )
    completeness: float | None = Field(
        description="stored / expected, in percent, rounded down to 4 places; null of none"
    )
    holes: int = Field(description="bars expected and not stored: being healed")
    newest_holes: list[BarRange] = Field(description="the newest five stretches")
    outages: int = Field(description="stretches that the exchange itself never had")
    outage_bars: int
    newest_outages: list[BarRange] = Field(description="the newest five stretches")
    revisions: int = Field(description="versions of closed bars that the exchange has replaced")
    newest_revisions: list[RevisedBar] = Field(description="the newest five")
    origins: Origins
    arrivals: Arrivals | None = Field(
        description="null while the clock stands still, or nobody watches the series"
    )


class FeedAgeSpan(Answer):
    """One sample a wall second of the age of the newest good frame, by the instance that leads."""

    samples: int
    unsampled_seconds: int = Field(description="wall seconds in which nobody led, or could look")
    p50_ms: int | None = Field(description="true to 2 %, wall ms; null where no frame came")
    p95_ms: int | None = Field(description="true to 2 %, wall ms")
    p99_ms: int | None = Field(description="true to 2 %, wall ms")
    max_ms: int | None = Field(description="of the samples, exact, wall ms")
    seconds: dict[FeedStatus, int] = Field(
        description="wall seconds, one a sample, in which the feed was live (≤ 10 s old), delayed "
        "(≤ 30 s, or not connected), stale (older), offline (never a frame) or ended"
    )


class FeedQuality(Answer):
    source: str
    sampled_since_ms: int = Field(description="wall time of the first sample")
    last_hour: FeedAgeSpan = Field(description="this minute of the wall clock and 59 before it")
    whole: FeedAgeSpan = Field(description="since the first sample")
    refused: int = Field(
        description="frames and rows of the exchange that were no candle and no price, of the "
        "future or out of order, since then; a good candle among them came again"
    )
    faults: dict[str, int] = Field(
        description="what went wrong with the exchange since then, by name, as `/metrics` names it"
    )


class QualityReport(Answer):
    symbol: str = Field(examples=["ETHUSDT"])
    now_ms: int = Field(description="event time at which the series were counted")
    speed: float = Field(description="event time over wall time")
    whole: bool = Field(description="whether every series is")
    series: list[SeriesQuality]
    feed: FeedQuality | None = Field(description="null until whoever leads has told of it")
