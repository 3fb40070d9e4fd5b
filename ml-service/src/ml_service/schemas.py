"""What ml-service is asked and answers; bodies are not enveloped, names are snake_case."""

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from pydantic.alias_generators import to_camel

from ml_service.directions import Direction
from ml_service.seen_bar import Reason
from ml_service.tier import Tier
from service_kit.query_parameters import LARGEST_TIMESTAMP_MS
from trading_core.features import IndicatorValues
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe


def _check_symbol(text: str) -> str:
    Symbol.parse(text)
    return text


SymbolName = Annotated[str, Field(max_length=41), AfterValidator(_check_symbol)]
Finite = Annotated[float, Field(allow_inf_nan=False, ge=-1e15, le=1e15)]
PriceFigure = Annotated[float, Field(allow_inf_nan=False, gt=1e-12, le=1e15)]


class GivenIndicators(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)

    rsi: Annotated[float, Field(allow_inf_nan=False, ge=0, le=100)]
    macd: Finite
    macd_signal: Finite
    ema_9: PriceFigure = Field(alias="ema9")
    ema_21: PriceFigure = Field(alias="ema21")
    ema_50: PriceFigure = Field(alias="ema50")
    atr: Annotated[float, Field(allow_inf_nan=False, ge=0, le=1e15)]
    vwap: PriceFigure

    def values(self) -> IndicatorValues:
        return IndicatorValues(**self.model_dump())


class PredictionRequest(BaseModel):
    """Without `indicators` those of the bar; without `timestamp` the newest closed bar."""

    symbol: SymbolName = "ETH/USDT"
    timeframe: Timeframe = Timeframe.H1
    indicators: GivenIndicators | None = None
    close: PriceFigure | None = None
    timestamp: Annotated[int, Field(ge=0, le=LARGEST_TIMESTAMP_MS)] | None = None

    @model_validator(mode="after")
    def _close_goes_with_indicators(self) -> Self:
        if self.close is not None and self.indicators is None:
            raise ValueError("`close` is taken only together with `indicators`")
        return self


class Probabilities(BaseModel):
    up: float
    neutral: float
    down: float


class PredictionAnswer(BaseModel):
    model_config = ConfigDict(protected_namespaces=())

    direction: Direction
    probability: float
    confidence: Tier
    features_used: dict[str, float] = Field(description="empty where one of them is not warm")
    timestamp: int
    model_id: str | None
    probabilities: Probabilities
    contributions: dict[str, float] | None = Field(
        description="log-odds for the direction: the weightiest features, `bias` and the `rest`"
    )
    abstained: bool
    reason: Reason | None = Field(description="why it abstains")
    degraded: bool = Field(description="whether the model's live skill is no longer as proven")
    degraded_reason: str | None


class FeaturesAnswer(BaseModel):
    success: Literal[True] = True
    features: dict[str, float]


class HealthAnswer(BaseModel):
    model_config = ConfigDict(protected_namespaces=())

    status: Literal["ok"] = "ok"
    timestamp: int
    model_loaded: bool


class ModelFacts(BaseModel):
    """Figures are of bars that the model had not seen; all but `loaded` are null without one."""

    model_config = ConfigDict(protected_namespaces=())

    loaded: bool
    symbol: str | None = None
    timeframe: Timeframe | None = None
    accuracy: float | None = None
    majority_rate: float | None = Field(
        default=None, description="accuracy of always naming the commonest class: the baseline"
    )
    balanced_accuracy: float | None = None
    log_loss_skill: float | None = Field(default=None, description="1 − log-loss / the prior's")
    skill_interval: tuple[float, float] | None = Field(default=None, description="95 %")
    ece: float | None = Field(default=None, description="expected calibration error")
    trained_at: int | None = None
    feature_count: int | None = None
    feature_set: str | None = None
    model_id: str | None = None


class ModelInfoAnswer(BaseModel):
    success: Literal[True] = True
    data: ModelFacts
