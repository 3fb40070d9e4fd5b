"""The first model of a fresh install, which trains by itself once there is history for it."""

import asyncio
from typing import Final

from ml_service.training.history_ready import HistoryReady
from ml_service.training.label_rules import LabelRules
from ml_service.training.training import Training, TrainingState
from ml_service.training.training_request import TrainingRequest
from ml_service.training.training_store import GONE
from ml_service.training.trainings import Trainings
from service_kit.clock import Clock
from service_kit.errors import ConflictError, UnavailableError
from service_kit.logging import get_logger
from service_kit.series import Series

log = get_logger(__name__)

LOOK_SECONDS: Final = 5.0
LOOKED_THROUGH: Final = 100
"""Of the series' newest trainings."""


class AutoTrain:
    def __init__(
        self,
        trainings: Trainings,
        history: HistoryReady,
        clock: Clock,
        series: Series,
        rules: LabelRules,
    ) -> None:
        self._trainings = trainings
        self._history = history
        self._since_ms = clock.wall_ms()
        self._request = TrainingRequest.of(series, rules.of(series.timeframe))

    async def run(self) -> None:
        """Look until the series was trained, by whomever; then nothing is left to do."""
        while not await self._is_done():  # noqa: ASYNC110 - other processes decide
            await asyncio.sleep(LOOK_SECONDS)
        await asyncio.Event().wait()

    async def _is_done(self) -> bool:
        """Whether all of its history was ever learned from, or that was tried since we started.

        By whichever replica; one that ends otherwise is tried again when a service starts again.
        """
        try:
            async with self._trainings.alone_deciding():
                return await self._decide()
        except (ConflictError, UnavailableError) as error:
            log.info("first_training_waits", why=error.message)
        return False

    async def _decide(self) -> bool:
        known = await self._trainings.newest(*self._request.series.key, LOOKED_THROUGH)
        if any(map(self._settles_it, known)):
            return True
        if not await self._history.is_ready(self._request.series):
            return False
        await self._trainings.begin(self._request)
        log.info("first_training_began", series=" ".join(self._request.series.key))
        return True

    def _settles_it(self, training: Training) -> bool:
        if training.asked.lookback_rows is not None:
            return False
        return training.state is TrainingState.DONE or self._was_tried(training)

    def _was_tried(self, training: Training) -> bool:
        """One whose process was gone says nothing: nobody gave it up."""
        ended_ms = training.ended_at_ms
        return ended_ms is not None and ended_ms >= self._since_ms and training.result != GONE
