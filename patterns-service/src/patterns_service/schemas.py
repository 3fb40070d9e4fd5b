"""What patterns-service answers, for the OpenAPI document."""

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from trading_core.patterns.pattern_type import Direction, PatternType
from trading_core.timeframe import Timeframe


class Answer(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)


class DetectedPattern(Answer):
    pattern_type: PatternType
    signal: Direction
    strength: int = Field(ge=1, le=100)
    description: str
    timestamp: int = Field(description="open of the bar at which it was complete")


class Detection(Answer):
    symbol: str = Field(examples=["ETHUSDT"])
    timeframe: Timeframe
    patterns: list[DetectedPattern]


class PatternRow(DetectedPattern):
    id: str
    symbol: str = Field(examples=["ETHUSDT"])
    timeframe: Timeframe
    created_at: str


class RecentPatterns(Answer):
    symbol: str = Field(examples=["ETHUSDT"])
    timeframe: Timeframe
    count: int
    patterns: list[PatternRow]
    missing: list[tuple[int, int]] = Field(
        description="[from, until) of bars not scanned, because a candle of their window is missing"
    )
