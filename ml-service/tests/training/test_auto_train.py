"""When a fresh install trains its first model."""

from dataclasses import dataclass, field, replace
from uuid import UUID, uuid4

from ml_service.training.auto_train import AutoTrain
from ml_service.training.errors import TrainingRunningError
from ml_service.training.label_rules import LabelRules
from ml_service.training.training import Training, TrainingState
from ml_service.training.training_request import TrainingRequest
from service_kit.series import Series
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

HOURLY = Series(Symbol("ETH", "USDT"), Timeframe.H1)
DONE = Training(
    id=uuid4(),
    asked=TrainingRequest.of(HOURLY, LabelRules().of(Timeframe.H1)),
    state=TrainingState.DONE,
    stage="trained",
    done=1,
    total=1,
    result=None,
    cancel_asked=False,
    asked_at_ms=0,
    seen_at_ms=0,
    ended_at_ms=0,
)
OF_500_ROWS = replace(DONE, asked=replace(DONE.asked, lookback_rows=500))
CANCELLED = replace(DONE, state=TrainingState.CANCELLED)


@dataclass
class FakeTrainings:
    known: tuple[Training, ...] = ()
    is_busy: bool = False
    begun: list[TrainingRequest] = field(default_factory=list)

    async def newest(self, _symbol: str, _timeframe: str, _limit: int) -> tuple[Training, ...]:
        return self.known

    async def begin(self, request: TrainingRequest) -> UUID:
        if self.is_busy:
            raise TrainingRunningError(HOURLY, uuid4())
        self.begun.append(request)
        return uuid4()


@dataclass(frozen=True)
class FakeHistory:
    is_there: bool = True

    async def is_ready(self, _series: Series) -> bool:
        return self.is_there


async def looked(trainings: FakeTrainings, history: FakeHistory | None = None) -> bool:
    """Whether there is nothing left to do."""
    return await AutoTrain(trainings, history or FakeHistory(), HOURLY, LabelRules())._is_done()


async def test_a_market_without_a_training_is_trained_on_all_of_its_history() -> None:
    trainings = FakeTrainings()
    assert await looked(trainings)
    assert trainings.begun == [DONE.asked]


async def test_what_was_tried_on_few_rows_or_given_up_is_no_first_model() -> None:
    trainings = FakeTrainings(known=(OF_500_ROWS, CANCELLED))
    assert await looked(trainings)
    assert trainings.begun == [DONE.asked]


async def test_a_market_that_was_trained_is_left_alone() -> None:
    trainings = FakeTrainings(known=(OF_500_ROWS, DONE))
    assert await looked(trainings)
    assert trainings.begun == []


async def test_it_waits_for_history_and_for_a_training_that_runs() -> None:
    assert not await looked(FakeTrainings(), FakeHistory(is_there=False))
    assert not await looked(FakeTrainings(is_busy=True))
