"""Signs of life while a training goes on: in its row, and to whoever started the process."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Final
from uuid import UUID

from ml_service.learning.training_plan import Step
from ml_service.training.last_step import LastStep
from ml_service.training.training_store import TrainingStore
from service_kit.background import cancel
from service_kit.clock import Clock
from service_kit.errors import StoreUnavailableError
from service_kit.logging import get_logger

log = get_logger(__name__)

REPORT_SECONDS: Final = 0.5

Say = Callable[[Step], None]


@asynccontextmanager
async def reporting(
    store: TrainingStore, training_id: UUID, last: LastStep, clock: Clock, say: Say
) -> AsyncIterator[None]:
    """Inside the block; a wish to cancel, or the end of who started us, stops the training."""
    task = asyncio.create_task(_report(store, training_id, last, clock, say))
    try:
        yield
    finally:
        await cancel(task)


async def _report(
    store: TrainingStore, training_id: UUID, last: LastStep, clock: Clock, say: Say
) -> None:
    parent, said = os.getppid(), None
    while True:
        step = last.step
        if step != said:
            say(step)
            said = step
        if await _is_to_stop(store, training_id, step, clock) or os.getppid() != parent:
            last.stop()
        await asyncio.sleep(REPORT_SECONDS)


async def _is_to_stop(store: TrainingStore, training_id: UUID, step: Step, clock: Clock) -> bool:
    try:
        return await store.report(training_id, step, clock.wall_ms())
    except StoreUnavailableError as error:
        log.warning("progress_not_written", training_id=str(training_id), why=error.message)
        return False
