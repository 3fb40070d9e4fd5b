"""What is asked of trainings and told of them; no figure stands without its baseline."""

from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from ml_service.learning.training_plan import SEED
from ml_service.schemas import SymbolName
from ml_service.training.label_rules import MOST_LOOK_AHEAD_BARS, MOST_THRESHOLD, LabelRules
from ml_service.training.training import TrainedFigures, Training, TrainingState
from ml_service.training.training_request import TrainingRequest
from service_kit.query_parameters import LARGEST_TIMESTAMP_MS
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

Time = Annotated[int, Field(ge=0, le=LARGEST_TIMESTAMP_MS, description="ms UTC")]


class TrainBody(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"symbol": "ETH/USDT"}]})

    symbol: SymbolName = "ETH/USDT"
    timeframe: Timeframe = Timeframe.H1
    lookback_periods: Annotated[int, Field(ge=300, le=10_000_000)] | None = Field(
        500, description="labelled bars to learn from, the newest; null is all there are"
    )
    look_ahead_bars: Annotated[int, Field(ge=1, le=MOST_LOOK_AHEAD_BARS)] | None = Field(
        None, description="null is the timeframe's own, 5 unless the operator told another"
    )
    threshold: Annotated[float, Field(ge=0, le=MOST_THRESHOLD)] | None = Field(
        None,
        description="a share of the price; null is the timeframe's own, 0.005 unless the operator"
        " told another",
    )
    seed: Annotated[int, Field(ge=0, le=2**31 - 1)] = SEED
    since: Time | None = Field(None, description="no bar that opens before")
    untouched_from: Time | None = Field(None, description="kept for the last evaluation")

    def request(self, rules: LabelRules) -> TrainingRequest:
        return TrainingRequest(
            symbol=Symbol.parse(self.symbol).compact,
            timeframe=self.timeframe,
            label_rule=rules.chosen(self.timeframe, self.look_ahead_bars, self.threshold),
            seed=self.seed,
            lookback_rows=self.lookback_periods,
            since_ms=self.since,
            untouched_from_ms=self.untouched_from,
        )


class TrainMetrics(BaseModel):
    """Of bars that the model had not seen."""

    accuracy: float
    majority_rate: float = Field(description="accuracy of always naming the commonest class")
    balanced_accuracy: float = Field(description="a third is chance")
    log_loss: float
    prior_log_loss: float
    log_loss_skill: float
    expected_calibration_error: float
    training_samples: int
    test_samples: int

    @classmethod
    def of(cls, model: TrainedFigures) -> Self:
        return cls(**{name: getattr(model, name) for name in cls.model_fields})


class TrainAnswer(BaseModel):
    model_config = ConfigDict(protected_namespaces=())

    success: Literal[True] = True
    message: str
    metrics: TrainMetrics
    model_path: str = Field(description="a bare file name")
    model_id: str
    id: UUID

    @classmethod
    def of(cls, training: Training, best: TrainedFigures, sentence: str) -> Self:
        return cls(
            message=sentence,
            metrics=TrainMetrics.of(best),
            model_path=f"{best.model_id}.ubj",
            model_id=best.model_id,
            id=training.id,
        )


class TrainingStarted(BaseModel):
    success: Literal[True] = True
    id: UUID


class TrainedVerdict(BaseModel):
    role: str
    promoted: bool
    sentence: str


class TrainedModelFacts(BaseModel):
    model_config = ConfigDict(protected_namespaces=())

    model_id: str
    feature_set: str
    has_skill: bool
    gate: str
    skill_interval: tuple[float, float] = Field(description="95 %")
    metrics: TrainMetrics
    serves: list[TrainedVerdict]

    @classmethod
    def of(cls, model: TrainedFigures) -> Self:
        return cls(
            model_id=model.model_id,
            feature_set=model.feature_set,
            has_skill=model.has_skill,
            gate=model.gate,
            skill_interval=(model.skill_low, model.skill_high),
            metrics=TrainMetrics.of(model),
            serves=[
                TrainedVerdict(role=one.role, promoted=one.promoted, sentence=one.sentence)
                for one in model.verdicts
            ],
        )


class TrainingStatus(BaseModel):
    """Times are wall time, in ms."""

    success: Literal[True] = True
    id: UUID
    symbol: str
    timeframe: Timeframe
    state: TrainingState
    stage: str
    done: int
    total: int
    share: float = Field(description="of 1")
    lookback_periods: int | None
    look_ahead_bars: int
    threshold: float
    seed: int
    since: int | None
    untouched_from: int | None
    cancel_asked: bool
    message: str | None = Field(description="what came of it, once it is over")
    models: list[TrainedModelFacts] = Field(description="the best first")
    seconds: float | None
    asked_at: int
    seen_at: int
    ended_at: int | None

    @classmethod
    def of(cls, training: Training) -> Self:
        asked, result = training.asked, training.result
        return cls(
            id=training.id,
            symbol=asked.symbol,
            timeframe=asked.timeframe,
            state=training.state,
            stage=training.stage,
            done=training.done,
            total=training.total,
            share=training.share,
            lookback_periods=asked.lookback_rows,
            look_ahead_bars=asked.label_rule.look_ahead_bars,
            threshold=asked.label_rule.threshold,
            seed=asked.seed,
            since=asked.since_ms,
            untouched_from=asked.untouched_from_ms,
            cancel_asked=training.cancel_asked,
            message=result and result.sentence,
            models=[TrainedModelFacts.of(model) for model in result.models] if result else [],
            seconds=result and result.seconds,
            asked_at=training.asked_at_ms,
            seen_at=training.seen_at_ms,
            ended_at=training.ended_at_ms,
        )


class TrainingList(BaseModel):
    success: Literal[True] = True
    trainings: list[TrainingStatus]


class RetrainFacts(BaseModel):
    already_running: bool
    due: list[str] = Field(description="trained now, one after the other")


class RetrainAnswer(BaseModel):
    success: Literal[True] = True
    data: RetrainFacts
