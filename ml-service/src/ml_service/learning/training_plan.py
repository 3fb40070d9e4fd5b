"""What is asked of a training, and what is told while it runs."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from ml_service.learning.dataset import LabelRule

SEED: Final = 20_170_817


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingPlan:
    label_rule: LabelRule = field(default_factory=LabelRule)
    seed: int = SEED
    lookback_rows: int | None = None
    """The newest labelled bars only; all where it is None."""
    untouched_from_ms: int | None = None
    """Where the last stretch begins; an eighth of the bars where it is None."""
    feature_sets: tuple[str, ...] = ("spec16", "scale_free")
    """Names to choose from; spec16 is always trained."""


@dataclass(frozen=True, slots=True)
class Step:
    stage: str
    """For people."""
    done: int
    total: int


Tell = Callable[[Step], None]
"""Called before and after each fit; may raise TrainingCancelledError to stop the training."""


class Progress:
    """Counts the fits of one training."""

    def __init__(self, tell: Tell, total: int) -> None:
        self._tell = tell
        self._total = total
        self._stage = ""
        self._done = 0

    def begin(self, stage: str) -> None:
        self._stage = stage
        self._say()

    def advance(self) -> None:
        self._done += 1
        self._say()

    def _say(self) -> None:
        self._tell(Step(self._stage, self._done, self._total))
