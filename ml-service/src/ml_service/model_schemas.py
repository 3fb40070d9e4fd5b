"""What is told of models; no figure stands without what it is to be compared with."""

from typing import Self

from pydantic import BaseModel, ConfigDict, Field

from ml_service.registry.model_card import ModelCard
from ml_service.registry.promotion import Promotion
from ml_service.registry.role import Role
from ml_service.schemas import SymbolName
from trading_core.timeframe import Timeframe


class ModelSummary(BaseModel):
    """Figures are of the untouched stretch, which the model saw neither in fitting nor after."""

    model_config = ConfigDict(protected_namespaces=())

    model_id: str
    symbol: str
    timeframe: Timeframe
    feature_set: str
    trained_at: int = Field(description="event time, ms")
    data_from: int
    data_until: int
    has_skill: bool
    verdict: str
    serves: list[Role] = Field(description="what it answers right now")
    bars: int
    log_loss: float
    prior_log_loss: float
    log_loss_skill: float
    skill_interval: tuple[float, float] = Field(description="95 %")
    skill_lower_bound: float = Field(description="one-sided 99 %, which the gate looks at")
    ece: float
    accuracy: float
    majority_rate: float
    balanced_accuracy: float
    configurations_tried: int


class ModelList(BaseModel):
    models: list[ModelSummary]


class ModelReport(BaseModel):
    """All there is to know of a model; how to make it again stands in `reproduce`."""

    summary: ModelSummary
    reproduce: str
    card: ModelCard


class PromotionRequest(BaseModel):
    role: Role = Role.CANDLES


class RollbackRequest(BaseModel):
    symbol: SymbolName = "ETH/USDT"
    timeframe: Timeframe = Timeframe.H1
    role: Role = Role.CANDLES


class PromotionAnswer(BaseModel):
    model_config = ConfigDict(protected_namespaces=())

    model_id: str
    symbol: str
    timeframe: Timeframe
    role: Role
    reason: str
    promoted_at: int

    @classmethod
    def of(cls, promotion: Promotion) -> Self:
        return cls(
            model_id=promotion.model_id,
            symbol=promotion.series.symbol.compact,
            timeframe=promotion.series.timeframe,
            role=promotion.role,
            reason=promotion.reason,
            promoted_at=promotion.promoted_at_ms,
        )
