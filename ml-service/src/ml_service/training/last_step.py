"""How far a training is: said by the thread that trains, read by the one that reports."""

from ml_service.learning.errors import TrainingCancelledError
from ml_service.learning.training_plan import Step


class LastStep:
    """Each side does single assignments only, so no lock is needed."""

    def __init__(self) -> None:
        self.step = Step("reading candles", 0, 0)
        self._is_stopped = False

    def tell(self, step: Step) -> None:
        """Raises TrainingCancelledError once `stop` was called."""
        self.step = step
        self.check()

    def check(self) -> None:
        """Raises TrainingCancelledError once `stop` was called."""
        if self._is_stopped:
            raise TrainingCancelledError("it was cancelled")

    def stop(self) -> None:
        self._is_stopped = True
