import pytest

from ml_service.learning.errors import TrainingCancelledError
from ml_service.learning.training_plan import Step
from ml_service.training.last_step import LastStep


def test_the_last_step_is_remembered() -> None:
    last = LastStep()
    last.tell(Step("fitting", 1, 2))
    last.check()
    assert last.step == Step("fitting", 1, 2)


def test_the_next_step_ends_what_was_stopped() -> None:
    last = LastStep()
    last.stop()
    with pytest.raises(TrainingCancelledError):
        last.tell(Step("fitting", 2, 2))
    with pytest.raises(TrainingCancelledError):
        last.check()
