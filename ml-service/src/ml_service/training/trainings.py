"""The trainings that this service starts: each in a process of its own, followed to its end."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from uuid import UUID, uuid4

from ml_service.training.errors import TrainingFailedError, TrainingOverError
from ml_service.training.training import Training, TrainingResult, TrainingState
from ml_service.training.training_metrics import TrainingMetrics
from ml_service.training.training_process import TrainingProcess
from ml_service.training.training_request import TrainingRequest
from ml_service.training.training_store import GONE, TrainingStore
from service_kit.clock import Clock
from service_kit.errors import NotFoundError, StoreUnavailableError
from service_kit.logging import get_logger

log = get_logger(__name__)


class Trainings:
    """Every method raises StoreUnavailableError."""

    def __init__(self, store: TrainingStore, clock: Clock, metrics: TrainingMetrics) -> None:
        self._store = store
        self._clock = clock
        self._metrics = metrics
        self._followed: dict[UUID, tuple[TrainingProcess, asyncio.Task[None]]] = {}

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """Those of an earlier run of ours are seen to at first; at the end ours are cancelled."""
        try:
            await self._store.bury(self._clock.wall_ms())
        except StoreUnavailableError as error:
            log.info("earlier_trainings_not_seen_to", why=error.message)
        try:
            yield
        finally:
            followed = list(self._followed.values())
            await asyncio.gather(*(process.stop() for process, _ in followed))
            await asyncio.gather(*(task for _, task in followed))

    async def begin(self, request: TrainingRequest) -> UUID:
        """Start one, and go on without waiting for it.

        Raises:
            TooManyTrainingsError: others run already.
            TrainingRunningError: the series is being trained.
            TrainingFailedError: no process could be started.

        """
        training_id = uuid4()
        process = await self._ask(training_id, request)
        following = asyncio.create_task(self._follow(training_id, process))
        self._followed[training_id] = (process, following)
        self._metrics.running.set(len(self._followed))
        log.info("training_began", id=str(training_id), series=" ".join(request.series.key))
        return training_id

    def alone_retraining(self) -> AbstractAsyncContextManager[None]:
        """See `TrainingStore`."""
        return self._store.alone_retraining()

    def alone_deciding(self) -> AbstractAsyncContextManager[None]:
        """See `TrainingStore`."""
        return self._store.alone_deciding()

    async def finished(self, training_id: UUID) -> Training:
        """Return once it is over; whoever waits for it may go without ending it."""
        if training_id in self._followed:
            await asyncio.shield(self._followed[training_id][1])
        return await self.get(training_id)

    async def get(self, training_id: UUID) -> Training:
        """Raises NotFoundError."""
        await self._store.bury(self._clock.wall_ms())
        found = await self._store.get(training_id)
        if found is None:
            raise NotFoundError(f"there is no training {training_id}")
        return found

    async def newest(
        self, symbol: str | None, timeframe: str | None, limit: int
    ) -> tuple[Training, ...]:
        """The newest first; of any symbol (compact) and timeframe where none is named."""
        await self._store.bury(self._clock.wall_ms())
        return await self._store.newest(symbol, timeframe, limit)

    async def cancel(self, training_id: UUID) -> Training:
        """Ask it to stop, which it does within seconds, whichever process it is.

        Raises NotFoundError, TrainingOverError.
        """
        found = await self.get(training_id)
        if not await self._store.ask_to_stop(training_id):
            raise TrainingOverError(training_id, found.state)
        return await self.get(training_id)

    async def _ask(self, training_id: UUID, request: TrainingRequest) -> TrainingProcess:
        await self._store.ask(training_id, request, self._clock.wall_ms())
        try:
            return await TrainingProcess.start(training_id)
        except OSError as error:
            result = TrainingResult(sentence=f"no process could be started: {error}")
            now_ms = self._clock.wall_ms()
            await self._store.end(training_id, TrainingState.FAILED, result, now_ms)
            raise TrainingFailedError(result.sentence) from error

    async def _follow(self, training_id: UUID, process: TrainingProcess) -> None:
        try:
            await process.ended()
            await self._store.end(training_id, TrainingState.FAILED, GONE, self._clock.wall_ms())
            self._count(await self.get(training_id))
        except StoreUnavailableError as error:
            log.warning("training_not_followed", id=str(training_id), why=error.message)
        finally:
            del self._followed[training_id]
            self._metrics.running.set(len(self._followed))

    def _count(self, training: Training) -> None:
        self._metrics.ended.labels(training.state.value).inc()
        said = training.result.sentence if training.result else ""
        if training.result and training.state is TrainingState.DONE:
            self._metrics.seconds.observe(training.result.seconds)
        log.info("training_ended", id=str(training.id), state=training.state.value, why=said)
