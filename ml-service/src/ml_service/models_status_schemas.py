"""What `GET /status` answers: of each watched series, the model that predicts from its candles."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from ml_service.registry.serving_model import AbstainReason
from trading_core.timeframe import Timeframe


class _Status(BaseModel):
    model_config = ConfigDict(from_attributes=True, protected_namespaces=())


class LiveStatus(_Status):
    scored: int = Field(description="of its last forecasts, those whose outcome is known")
    verdict: Literal["too_few", "better_than_prior", "worse_than_prior", "undecided"]


class DriftStatus(_Status):
    bars: int = Field(description="the last so many that were forecast")
    weighted_psi: float
    usual_weighted_psi: float | None
    extent: Literal["small", "moderate", "large"]
    is_unusual: bool


class ModelStatus(_Status):
    symbol: str
    timeframe: Timeframe
    model_id: str | None = Field(default=None, description="that serves, or would if it had skill")
    abstains_for: AbstainReason | None
    feature_set: str | None = None
    trained_at: int | None = Field(default=None, description="event time, ms")
    verdict: str | None = Field(default=None, description="of the skill gate, for people")
    log_loss_skill: float | None = Field(default=None, description="on the untouched stretch")
    skill_interval: tuple[float, float] | None = Field(default=None, description="95 %")
    degraded: bool = False
    degraded_reason: str | None = None
    live: LiveStatus | None = Field(default=None, description="null before its first review")
    drift: DriftStatus | None = Field(
        default=None, description="null while it has forecast too few bars"
    )


class ModelsStatus(_Status):
    models: list[ModelStatus]
