"""What can go wrong with trainings as jobs; what is wrong with candles is in `learning.errors`.

ServiceError
├── ConflictError                409
│   ├── TrainingRunningError     the series is being trained already
│   ├── RetrainingRunningError   some process goes through what is due already
│   ├── DecidedElsewhereError    another replica decides on the first training just now
│   ├── TooManyTrainingsError    as many run as this machine shall bear
│   ├── TrainingOverError        there is nothing to cancel any more
│   ├── NoModelMadeError         the stored candles make none
│   └── TrainingStoppedError     somebody cancelled it
└── UnavailableError             503
    └── TrainingFailedError      its process ended, or something of ours broke
"""

from uuid import UUID

from service_kit.errors import ConflictError, UnavailableError
from service_kit.series import Series


class TrainingRunningError(ConflictError):
    def __init__(self, series: Series, training_id: UUID | None = None) -> None:
        """`training_id` is the other one's, where it is known."""
        named = f": {training_id}" if training_id else ""
        super().__init__(
            f"{series.symbol.slashed} {series.timeframe} is being trained already{named}"
        )


class RetrainingRunningError(ConflictError):
    def __init__(self) -> None:
        super().__init__("what is due is being retrained already")


class DecidedElsewhereError(ConflictError):
    def __init__(self) -> None:
        super().__init__("another replica looks whether the first model is to be trained")


class TooManyTrainingsError(ConflictError):
    def __init__(self, running: int) -> None:
        super().__init__(f"{running} trainings run already; ask again when one has ended")


class TrainingOverError(ConflictError):
    def __init__(self, training_id: UUID, state: str) -> None:
        super().__init__(f"training {training_id} is over: {state}")


class NoModelMadeError(ConflictError):
    """The sentence has the remedy."""


class TrainingStoppedError(ConflictError):
    """While somebody waited for it."""


class TrainingFailedError(UnavailableError):
    """While somebody waited for it."""
