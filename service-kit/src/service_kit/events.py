"""What travels between the services over Redis. Times are event milliseconds, ages wall ones."""

from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from trading_core.candle_origin import CandleOrigin
from trading_core.timeframe import Timeframe

CandleRow = tuple[int, float, float, float, float, float]
"""[open ms, open, high, low, close, volume]: the CCXT layout."""


class Channel(StrEnum):
    """Pub/sub: whoever listens now hears it; nobody else ever does."""

    PRICES = "market:prices"
    CANDLES = "market:candles"
    FEED = "market:feed"


class Stream(StrEnum):
    """Streams of hints: they wake a reader up, and the tables tell it what is true."""

    CANDLES_CLOSED = "candles.closed"
    ROOM_EVENTS = "room.events"


class FeedStatus(StrEnum):
    LIVE = "live"
    DELAYED = "delayed"
    STALE = "stale"
    OFFLINE = "offline"
    ENDED = "ended"


class Event(BaseModel):
    model_config = ConfigDict(
        alias_generator=to_camel, populate_by_name=True, frozen=True, extra="ignore"
    )

    def to_json(self) -> bytes:
        return self.model_dump_json(by_alias=True).encode()


class PriceTick(Event):
    symbol: str
    price: float
    timestamp: int
    change_24h: float | None = Field(default=None, alias="change24h")
    high_24h: float | None = Field(default=None, alias="high24h")
    low_24h: float | None = Field(default=None, alias="low24h")
    volume_24h: float | None = Field(default=None, alias="volume24h")
    source: str


class CandleTick(Event):
    symbol: str
    timeframe: Timeframe
    candle: CandleRow
    closed: bool


class FeedState(Event):
    state: FeedStatus
    age_ms: int | None
    source: str
    kind: Literal["live", "replay", "simulated"]


class Hint(Event):
    traceparent: str | None = None
    """The sender's span; where tracing is off, it is not there."""

    def to_json(self) -> bytes:
        return self.model_dump_json(by_alias=True, exclude_none=True).encode()


class ClosedCandleHint(Hint):
    symbol: str
    timeframe: Timeframe
    timestamp: int
    origin: CandleOrigin


class RoomEventsHint(Hint):
    """Something was appended to the log of these rooms."""

    rooms: tuple[str, ...]
