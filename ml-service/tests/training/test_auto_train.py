"""When a fresh install trains its first model."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from uuid import UUID, uuid4

from ml_service.training.auto_train import AutoTrain
from ml_service.training.errors import DecidedElsewhereError, TrainingRunningError
from ml_service.training.label_rules import LabelRules
from ml_service.training.training import Training, TrainingState
from ml_service.training.training_request import TrainingRequest
from ml_service.training.training_store import GONE
from service_kit.clock import Clock
from service_kit.series import Series
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

STARTED_MS = 1_000
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
    is_decided_elsewhere: bool = False

    @asynccontextmanager
    async def alone_deciding(self) -> AsyncIterator[None]:
        if self.is_decided_elsewhere:
            raise DecidedElsewhereError
        yield

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
    clock = Clock(wall=lambda: STARTED_MS)
    one = AutoTrain(trainings, history or FakeHistory(), clock, HOURLY, LabelRules())
    return await one._is_done()


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


async def test_what_another_replica_decides_is_waited_for() -> None:
    trainings = FakeTrainings(is_decided_elsewhere=True)
    assert not await looked(trainings)
    assert trainings.begun == []


async def test_what_was_given_up_since_the_start_is_not_tried_again_by_the_next_replica() -> None:
    trainings = FakeTrainings(known=(replace(CANCELLED, ended_at_ms=STARTED_MS),))
    assert await looked(trainings)
    assert trainings.begun == []


async def test_what_ended_with_its_process_is_tried_again() -> None:
    gone = replace(DONE, state=TrainingState.FAILED, result=GONE, ended_at_ms=STARTED_MS)
    trainings = FakeTrainings(known=(gone,))
    assert await looked(trainings)
    assert trainings.begun == [DONE.asked]
