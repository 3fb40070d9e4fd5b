"""What `GET /performance` answers; names are snake_case, shares are of 1."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from ml_service.learning.population_stability import WINDOW_BARS
from ml_service.registry.role import Role
from ml_service.registry.serving_model import AbstainReason
from trading_core.timeframe import Timeframe


class _Figures(BaseModel):
    model_config = ConfigDict(from_attributes=True, protected_namespaces=())


class ReliabilityAnswer(_Figures):
    """Bars whose highest probability fell into [low, high), and how often it came true."""

    low: float
    high: float
    count: int
    mean_probability: float
    hit_rate: float


class LiveFiguresAnswer(_Figures):
    from_ms: int
    until_ms: int = Field(description="bars that open in [from_ms, until_ms)")
    log_loss: float
    prior_log_loss: float = Field(description="of the class shares known when it was trained")
    skill: float = Field(description="1 − log_loss / prior_log_loss")
    skill_interval: tuple[float, float] = Field(description="95 %, block bootstrap")
    skill_upper_bound: float = Field(description="one-sided, 95 %")
    brier: float
    prior_brier: float
    expected_calibration_error: float
    reliability: list[ReliabilityAnswer]
    hit_rate: float = Field(description="how often the likeliest class came")
    majority_rate: float = Field(description="of always naming the commonest class of these bars")
    balanced_accuracy: float = Field(description="mean hit rate of the classes; a third is chance")
    class_shares: tuple[float, float, float] = Field(description="down, neutral, up, as they came")


class LiveAnswer(_Figures):
    scored: int = Field(description="forecasts whose outcome is known")
    abstained: int = Field(description="bars with an outcome of which nothing was said")
    verdict: Literal["too_few", "better_than_prior", "worse_than_prior", "undecided"]
    figures: LiveFiguresAnswer | None = Field(description="null while there are too few")


class ModelAnswer(_Figures):
    model_id: str
    live: LiveAnswer


class FeatureDriftAnswer(_Figures):
    name: str
    psi: float
    extent: Literal["small", "moderate", "large"]
    usual_psi: float | None = Field(
        description="what 99 of 100 windows of the same length in its fit stretch stay below"
    )
    importance: float = Field(description="mean absolute contribution, in log-odds")


class DriftAnswer(_Figures):
    bars: int = Field(description="the last so many that were forecast")
    max_psi: float
    mean_psi: float
    weighted_psi: float = Field(description="the mean by importance")
    usual_weighted_psi: float | None
    extent: Literal["small", "moderate", "large"]
    is_unusual: bool = Field(description="large, and larger than was usual in its fit stretch")
    features: list[FeatureDriftAnswer]


class PerformanceAnswer(_Figures):
    symbol: str
    timeframe: Timeframe
    role: Literal[Role.CANDLES]
    last: int
    model_id: str | None = Field(description="that serves, or would if it had skill")
    abstains_for: AbstainReason | None
    live: LiveAnswer | None = Field(default=None, description="of its own last forecasts")
    drift: DriftAnswer | None = Field(
        default=None, description=f"null while it has forecast fewer than {WINDOW_BARS} bars"
    )
    degraded: bool = Field(default=False, description="as predictions carry it")
    degraded_reason: str | None = None
    models: list[ModelAnswer] = Field(
        description="whoever made the last forecasts of the series, the newest first"
    )
