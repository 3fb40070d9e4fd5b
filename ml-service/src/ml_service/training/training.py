"""A training as its table keeps it: what was asked, how far it is, what came of it."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from ml_service.registry.role import Role
from ml_service.training.training_request import TrainingRequest


class TrainingState(StrEnum):
    WAITING = "waiting"
    """Its process is being started."""
    RUNNING = "running"
    DONE = "done"
    REFUSED = "refused"
    """The candles make no model; the sentence says why."""
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def is_over(self) -> bool:
        return self not in {TrainingState.WAITING, TrainingState.RUNNING}


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether a new model serves now."""

    role: Role
    promoted: bool
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainedFigures:
    """Of one new model, on bars that it had not seen; shares are of 1."""

    model_id: str
    feature_set: str
    training_samples: int
    test_samples: int
    accuracy: float
    majority_rate: float
    """Accuracy's baseline: that of always naming the commonest class."""
    balanced_accuracy: float
    log_loss: float
    prior_log_loss: float
    log_loss_skill: float
    skill_low: float
    skill_high: float
    """95 % interval of the skill."""
    expected_calibration_error: float
    has_skill: bool
    gate: str
    """What the skill gate says."""
    verdicts: tuple[Verdict, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingResult:
    sentence: str
    """What came of it, for people."""
    models: tuple[TrainedFigures, ...] = ()
    """The best first."""
    seconds: float = 0.0
    peak_memory_bytes: int = 0
    """Of the process that trained."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Training:
    """Times are of the wall."""

    id: UUID
    asked: TrainingRequest
    state: TrainingState
    stage: str
    done: int
    total: int
    result: TrainingResult | None
    cancel_asked: bool
    asked_at_ms: int
    seen_at_ms: int
    ended_at_ms: int | None

    @property
    def share(self) -> float:
        """How much is done, of 1."""
        if self.state is TrainingState.DONE:
            return 1.0
        return min(self.done / self.total, 1.0) if self.total else 0.0
