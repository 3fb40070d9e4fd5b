"""What market-service answers, for the OpenAPI document and for answers that are not hot."""

from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from market_service.fault_kind import FaultKind
from service_kit.events import CandleRow, FeedStatus
from trading_core.time_range import TimeRange
from trading_core.timeframe import Timeframe


class Answer(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)


class Price(Answer):
    symbol: str = Field(examples=["ETH/USDT"])
    price: float
    timestamp: int
    change_24h: float | None = Field(alias="change24h", description="percent")
    high_24h: float | None = Field(alias="high24h")
    low_24h: float | None = Field(alias="low24h")
    volume_24h: float | None = Field(alias="volume24h", description="in the base asset")
    source: str
    age_ms: int = Field(description="wall milliseconds")
    stale: bool


class OhlcvCandle(Answer):
    id: str
    symbol: str = Field(examples=["ETHUSDT"])
    timeframe: Timeframe
    timestamp: int
    open: str
    high: str
    low: str
    close: str
    volume: str
    created_at: str


class Ohlcv(Answer):
    symbol: str = Field(examples=["ETHUSDT"])
    timeframe: Timeframe
    count: int
    candles: list[OhlcvCandle]


class CandlePage(Answer):
    symbol: str = Field(examples=["ETHUSDT"])
    timeframe: Timeframe
    closed_until: int | None = Field(description="close of the newest stored candle")
    candles: list[CandleRow]


class Volume(Answer):
    symbol: str = Field(examples=["ETHUSDT"])
    timeframe: Timeframe
    avg_volume: float
    current_volume: float
    volume_ratio: float
    analysis: str


class FetchRequest(Answer):
    symbol: str = Field(examples=["ETH/USDT"])
    timeframe: Timeframe
    limit: int


class CollectedSeries(Answer):
    symbol: str = Field(examples=["ETHUSDT"])
    timeframe: Timeframe
    stored: int
    healed: int
    holes: int = Field(description="bars that are still missing")
    outages: int = Field(description="bars newly known to be missing at the exchange")


class FaultReport(Answer):
    count: int = Field(description="since this instance started")
    last_ms: int = Field(description="wall milliseconds")


class FeedReport(Answer):
    """As the leading instance tells it; what only that one knows is null while it is not heard."""

    state: FeedStatus
    age_ms: int | None
    source: str
    kind: Literal["live", "replay", "simulated"]
    leader: bool = Field(description="whether the instance that answers leads")
    connected: bool | None = None
    reconnects: int | None = None
    frames: int | None = None
    frames_dropped: int | None = None
    faults: dict[FaultKind, FaultReport] | None = Field(
        default=None, description="kinds that happened there, by name"
    )


class BackfillStatus(Answer):
    from_ms: int = Field(description="history reaches down to this bar")
    remaining: int | None = Field(description="bars; null until the exchange's first bar is known")
    done: bool


class BarRange(Answer):
    from_ms: int
    until_ms: int
    bars: int = Field(description="that open in [fromMs, untilMs)")

    @classmethod
    def of(cls, found: TimeRange, timeframe: Timeframe) -> Self:
        bars = timeframe.bars_between(found.start_ms, found.end_ms)
        return cls(from_ms=found.start_ms, until_ms=found.end_ms, bars=bars)


class SeriesStatus(Answer):
    stored: int
    first: int | None
    last: int | None
    live_since: int = Field(description="event time from which this stack has watched")
    holes: int = Field(description="bars that are missing and asked for")
    newest_holes: list[BarRange]
    outages: int = Field(description="stretches that the exchange never had")
    outage_bars: int
    newest_outages: list[BarRange]
    backfill: BackfillStatus


class MarketStatus(Answer):
    feed: FeedReport
    candles: dict[str, dict[Timeframe, SeriesStatus]]
