"""What signals-service is asked and answers, as the OpenAPI document describes it."""

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from trading_core.decision.sides import SignalType
from trading_core.signal_state import SignalStatus
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe


class Answer(BaseModel):
    model_config = ConfigDict(
        alias_generator=to_camel, populate_by_name=True, protected_namespaces=()
    )


def _check_symbol(text: str) -> str:
    Symbol.parse(text)
    return text


class GenerateRequest(BaseModel):
    symbol: Annotated[str, Field(max_length=41), AfterValidator(_check_symbol)] = "ETHUSDT"
    timeframe: Timeframe = Timeframe.H1


class ReasonedPattern(Answer):
    model_config = ConfigDict(extra="allow")

    type: str
    signal: Literal["bullish", "bearish", "neutral"]
    strength: int


class Reasoning(Answer):
    """Also the evidence of each family, whose points add up to the score, and a summary."""

    model_config = ConfigDict(extra="allow")

    indicators: dict[str, float | None]
    patterns: list[ReasonedPattern]
    ml_prediction: dict[str, Any] | None  # Any: JSON
    volume_analysis: dict[str, Any] | None  # Any: JSON


class Signal(Answer):
    """Prices are decimal text; all of a HOLD's levels are null."""

    id: UUID
    symbol: str = Field(examples=["ETHUSDT"])
    timeframe: Timeframe
    signal_type: SignalType
    status: SignalStatus
    confidence: float = Field(ge=0, le=100)
    entry_price: str
    entry_zone_min: str | None
    entry_zone_max: str | None
    stop_loss: str | None
    take_profit_1: str | None = Field(alias="takeProfit1")
    take_profit_2: str | None = Field(alias="takeProfit2")
    take_profit_3: str | None = Field(alias="takeProfit3")
    risk_reward_ratio: float | None
    risk_reward_worst: float | None = Field(description="from the zone's far edge")
    risk_reward_net: float | None = Field(description="after fees")
    zone_narrowed: bool | None
    reasoning: Reasoning
    timestamp: int = Field(description="open of the decided candle, ms")
    created_at: str
    closed_at: str | None = Field(description="event time")
    exit_price: str | None
    profit_loss_percent: float | None = Field(description="net of fees")
    origin: Literal["live", "late", "historical", "preview"]
    score: float
    threshold: float
    calibrated: bool = Field(description="whether confidence is a measured chance")
    confidence_map_id: UUID | None
    model_id: str | None
    engine_version: str
    fee_percent_per_side: float = Field(
        description="of the price, paid at entry and again at exit, in every net figure"
    )
    continues: UUID | None = Field(description="the signal of the same side that still ran")
    degraded: list[str] = Field(description="sources that were not there")
    outcome: dict[str, Any] | None  # Any: JSON


class SignalChange(Answer):
    number: int
    kind: str
    at_ms: int = Field(description="event time")
    payload: dict[str, Any]  # Any: JSON


class SignalDetails(Signal):
    decided_at_ms: int = Field(description="event time")
    followed_until_ms: int | None
    inputs: dict[str, Any]  # Any: JSON
    progress: dict[str, Any] | None  # Any: JSON
    events: list[SignalChange]


class History(Answer):
    symbol: str = Field(examples=["ETHUSDT"])
    timeframe: Timeframe
    count: int
    signals: list[Signal]
    next_cursor: str | None = Field(description="null on the last page")


class ReplayDifference(Answer):
    field: str
    stored: Any  # JSON
    recomputed: Any  # JSON


class ReplayAnswer(Answer):
    equal: bool
    differences: list[ReplayDifference]
    recomputed: dict[str, Any]  # Any: JSON
