"""What analysis-service answers, for the OpenAPI document."""

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from trading_core.patterns.pattern_type import Direction
from trading_core.timeframe import Timeframe


class Answer(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)


class IndicatorRow(Answer):
    """Values are decimal text; null until there are enough candles for them."""

    id: str
    symbol: str = Field(examples=["ETHUSDT"])
    timeframe: Timeframe
    timestamp: int = Field(description="open of the bar")
    rsi: str | None
    macd: str | None
    macd_signal: str | None
    macd_histogram: str | None
    ema_9: str | None = Field(alias="ema9")
    ema_21: str | None = Field(alias="ema21")
    ema_50: str | None = Field(alias="ema50")
    ema_200: str | None = Field(alias="ema200")
    vwap: str | None
    atr: str | None
    bollinger_upper: str | None
    bollinger_middle: str | None
    bollinger_lower: str | None
    created_at: str


class RsiReading(Answer):
    value: float | None
    signal: Direction


class MacdReading(Answer):
    value: float | None
    signal_line: float | None
    histogram: float | None
    signal: Direction


class EmaReading(Answer):
    ema_9: float | None = Field(alias="ema9")
    ema_21: float | None = Field(alias="ema21")
    ema_50: float | None = Field(alias="ema50")
    ema_200: float | None = Field(alias="ema200")
    signal: Direction


class BollingerReading(Answer):
    upper: float | None
    middle: float | None
    lower: float | None
    position: float | None = Field(description="0 at the lower band, 1 at the upper one")
    signal: Direction


class ReadingDetails(Answer):
    rsi: RsiReading
    macd: MacdReading
    ema: EmaReading
    bollinger: BollingerReading


class Reading(Answer):
    signal: Direction
    strength: int = Field(ge=0, le=100)
    details: ReadingDetails


class BarIndicatorsAnswer(Answer):
    symbol: str = Field(examples=["ETHUSDT"])
    timeframe: Timeframe
    indicators: IndicatorRow
    analysis: Reading


class IndicatorColumns(Answer):
    """Each as long as `timestamps`; null where a value is not warm."""

    rsi: list[float | None]
    macd: list[float | None]
    macd_signal: list[float | None]
    macd_histogram: list[float | None]
    ema_9: list[float | None] = Field(alias="ema9")
    ema_21: list[float | None] = Field(alias="ema21")
    ema_50: list[float | None] = Field(alias="ema50")
    ema_200: list[float | None] = Field(alias="ema200")
    vwap: list[float | None]
    atr: list[float | None]
    bollinger_upper: list[float | None]
    bollinger_middle: list[float | None]
    bollinger_lower: list[float | None]


class IndicatorPage(Answer):
    symbol: str = Field(examples=["ETHUSDT"])
    timeframe: Timeframe
    closed_until: int | None = Field(description="close of the newest stored candle")
    timestamps: list[int]
    indicators: IndicatorColumns
    missing: list[tuple[int, int]] = Field(
        description="[from, until) of bars left out, because a candle of their window is missing"
    )
