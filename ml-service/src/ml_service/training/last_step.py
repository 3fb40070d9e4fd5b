"""How far a training is: said by the thread that trains, read by the one that reports."""

import asyncio

from ml_service.learning.errors import TrainingCancelledError
from ml_service.learning.training_plan import Step


class LastStep:
    """`tell` and `check` are for any thread, `stop` is for the event loop's."""

    def __init__(self) -> None:
        self.step = Step("reading candles", 0, 0)
        self.stopped = asyncio.Event()

    def tell(self, step: Step) -> None:
        """Raises TrainingCancelledError once `stop` was called."""
        self.step = step
        self.check()

    def check(self) -> None:
        """Raises TrainingCancelledError once `stop` was called."""
        if self.stopped.is_set():
            raise TrainingCancelledError("it was cancelled")

    def stop(self) -> None:
        self.stopped.set()
