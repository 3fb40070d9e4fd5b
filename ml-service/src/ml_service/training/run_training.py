"""One training from its row to its end, in the process that was started for it."""

import asyncio
import resource
import sys
import time
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from ml_service.learning.dataset import TrainingData
from ml_service.learning.errors import TrainingCancelledError, TrainingRefusedError
from ml_service.learning.train import Trained, train
from ml_service.learning.training_plan import TrainingPlan
from ml_service.registry.consider import Contest
from ml_service.registry.model_files import ModelFiles
from ml_service.registry.model_store import ModelStore
from ml_service.training.errors import TrainingRunningError
from ml_service.training.keep_models import KeepModels, sentence_of
from ml_service.training.label_rules import LabelRules
from ml_service.training.last_step import LastStep
from ml_service.training.read_history import read_history
from ml_service.training.report_progress import Say, reporting
from ml_service.training.training import TrainedFigures, TrainingResult, TrainingState
from ml_service.training.training_request import TrainingRequest
from ml_service.training.training_store import TrainingStore
from service_kit.clock import Clock
from service_kit.database import Database
from service_kit.errors import ServiceError
from service_kit.logging import get_logger

log = get_logger(__name__)

MAXRSS_BYTES: Final = 1 if sys.platform == "darwin" else 1024


@dataclass(frozen=True, slots=True)
class Ended:
    state: TrainingState
    result: TrainingResult


class RunTraining:
    def __init__(
        self, database: Database, files: ModelFiles, rules: LabelRules, clock: Clock
    ) -> None:
        self._database = database
        self._trainings = TrainingStore(database)
        self._models = ModelStore(database)
        self._files = files
        self._rules = rules
        self._clock = clock
        self._began = time.monotonic()

    async def run(
        self, training_id: UUID, request: TrainingRequest, last: LastStep, say: Say
    ) -> Ended:
        """Raises StoreUnavailableError where not even its end can be written."""
        try:
            async with self._trainings.alone(request.series):
                if not await self._trainings.begin(training_id, self._clock.wall_ms()):
                    return self._ended(TrainingState.FAILED, "it does not wait to be run")
                async with reporting(self._trainings, training_id, last, self._clock, say):
                    ended = await self._outcome(request, last)
                await self._write_down(training_id, ended)
        except TrainingRunningError as error:
            ended = self._ended(TrainingState.FAILED, error.message)
            await self._write_down(training_id, ended)
        return ended

    async def _outcome(self, request: TrainingRequest, last: LastStep) -> Ended:
        try:
            models = await self._make(request, last)
        except TrainingCancelledError as error:
            return self._ended(TrainingState.CANCELLED, str(error))
        except TrainingRefusedError as error:
            return self._ended(TrainingState.REFUSED, error.sentence)
        except (ServiceError, OSError) as error:
            return self._ended(TrainingState.FAILED, str(error))
        except Exception as error:
            log.exception("training_failed", symbol=request.symbol, timeframe=request.timeframe)
            return self._ended(TrainingState.FAILED, f"a mistake of ours: {error!r}"[:500])
        return self._ended(TrainingState.DONE, sentence_of(models), models)

    async def _make(self, request: TrainingRequest, last: LastStep) -> tuple[TrainedFigures, ...]:
        """Nothing is stored before all of it was learned, nor after a cancellation."""
        now_ms = self._clock.now_ms()
        data = await read_history(self._database, request, now_ms)
        trained = await _learn(data, _plan(request), now_ms, last)
        question = self._rules.of(request.series.timeframe)
        contest = Contest(self._models, self._files, data, question)
        return await KeepModels(request.series, contest).keep(trained, self._clock.now_ms())

    async def _write_down(self, training_id: UUID, ended: Ended) -> None:
        now_ms = self._clock.wall_ms()
        await self._trainings.end(training_id, ended.state, ended.result, now_ms)

    def _ended(
        self, state: TrainingState, sentence: str, models: tuple[TrainedFigures, ...] = ()
    ) -> Ended:
        used = resource.getrusage(resource.RUSAGE_SELF)
        result = TrainingResult(
            sentence=sentence,
            models=models,
            seconds=round(time.monotonic() - self._began, 1),
            peak_memory_bytes=used.ru_maxrss * MAXRSS_BYTES,
        )
        return Ended(state, result)


async def _learn(data: TrainingData, plan: TrainingPlan, now_ms: int, last: LastStep) -> Trained:
    """Raises as `train` does; a cancellation at once, the thread follows after its present fit."""
    learning = asyncio.create_task(asyncio.to_thread(train, data, plan, now_ms, last.tell))
    stopped = asyncio.create_task(last.stopped.wait())
    await asyncio.wait((learning, stopped), return_when=asyncio.FIRST_COMPLETED)
    last.check()
    stopped.cancel()
    return learning.result()


def _plan(request: TrainingRequest) -> TrainingPlan:
    return TrainingPlan(
        label_rule=request.label_rule,
        seed=request.seed,
        lookback_rows=request.lookback_rows,
        untouched_from_ms=request.untouched_from_ms,
    )
