"""The routes of trainings: ask for one, follow it, cancel it; and retraining, for operators."""

from collections.abc import Awaitable, Callable, Collection
from http import HTTPStatus
from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Query, Response

from ml_service.endpoints import ERRORS
from ml_service.schemas import SymbolName
from ml_service.training.errors import (
    NoModelMadeError,
    RetrainingRunningError,
    TrainingFailedError,
    TrainingStoppedError,
)
from ml_service.training.label_rules import LabelRules
from ml_service.training.retrain import Retraining
from ml_service.training.schemas import (
    RetrainAnswer,
    RetrainFacts,
    TrainAnswer,
    TrainBody,
    TrainingList,
    TrainingStarted,
    TrainingStatus,
)
from ml_service.training.training import Training, TrainingState
from ml_service.training.trainings import Trainings
from service_kit.errors import ServiceError
from service_kit.series import watched_series
from trading_core.symbol import Symbol
from trading_core.timeframe import DAY_MS, Timeframe

UNSUCCESSFUL: Final[dict[TrainingState, type[ServiceError]]] = {
    TrainingState.REFUSED: NoModelMadeError,
    TrainingState.CANCELLED: TrainingStoppedError,
}


def training_router(
    trainings: Trainings,
    symbols: Collection[Symbol],
    rules: LabelRules,
    look_who_serves: Callable[[], Awaitable[None]],
) -> APIRouter:
    """What clients may ask for; once told that a model serves, they find it serving."""
    router = APIRouter(tags=["ml"], responses=ERRORS)

    @router.post("/train", responses={202: {"model": TrainingStarted}})
    async def train(
        body: TrainBody,
        response: Response,
        *,
        is_async: Annotated[
            bool, Query(alias="async", description="answer at once, with an id to follow")
        ] = False,
    ) -> TrainAnswer | TrainingStarted:
        """Without `async` the answer comes once it is over; going away before ends nothing."""
        watched_series(symbols, body.symbol, body.timeframe)
        training_id = await trainings.begin(body.request(rules))
        if is_async:
            response.status_code = HTTPStatus.ACCEPTED
            return TrainingStarted(id=training_id)
        training = await trainings.finished(training_id)
        await look_who_serves()
        return _answer(training)

    @router.get("/train/{training_id}")
    async def training(training_id: UUID) -> TrainingStatus:
        """How far it is, or what came of it."""
        return TrainingStatus.of(await trainings.get(training_id))

    @router.post("/train/{training_id}/cancel")
    async def cancel(training_id: UUID) -> TrainingStatus:
        """It ends within seconds, and nothing is stored."""
        return TrainingStatus.of(await trainings.cancel(training_id))

    @router.delete("/train/{training_id}")
    async def delete(training_id: UUID) -> TrainingStatus:
        """The same as to cancel it."""
        return await cancel(training_id)

    @router.get("/trainings")
    async def newest(
        symbol: SymbolName | None = None,
        timeframe: Timeframe | None = None,
        limit: Annotated[int, Query(ge=1, le=500)] = 20,
    ) -> TrainingList:
        """The newest first, running and over."""
        compact = symbol and Symbol.parse(symbol).compact
        found = await trainings.newest(compact, timeframe and timeframe.value, limit)
        return TrainingList(trainings=[TrainingStatus.of(one) for one in found])

    return router


def retrain_router(retraining: Retraining) -> APIRouter:
    """For the scheduler and operators; not behind the gateway."""
    router = APIRouter(tags=["operator"], responses=ERRORS)

    @router.post("/retrain", status_code=HTTPStatus.ACCEPTED)
    async def retrain(
        older_than_days: Annotated[
            float, Query(ge=0, le=10_000, description="event time since it was last trained")
        ] = 0,
    ) -> RetrainAnswer:
        """Whatever has a model and each market's 1h, one after the other in the background."""
        try:
            due = await retraining.start(round(older_than_days * DAY_MS))
        except RetrainingRunningError:
            return RetrainAnswer(data=RetrainFacts(already_running=True, due=[]))
        named = [" ".join(request.series.key) for request in due]
        return RetrainAnswer(data=RetrainFacts(already_running=False, due=named))

    return router


def _answer(training: Training) -> TrainAnswer:
    """Raises ServiceError where there is no model."""
    result = training.result
    if training.state is TrainingState.DONE and result is not None:
        return TrainAnswer.of(training, result.models[0], result.sentence)
    error = UNSUCCESSFUL.get(training.state, TrainingFailedError)
    raise error(result.sentence if result else "it has not ended yet")
