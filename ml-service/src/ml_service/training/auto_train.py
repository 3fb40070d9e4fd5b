"""The first model of a fresh install, which trains by itself once there is history for it."""

import asyncio
from typing import Final

from ml_service.training.history_ready import HistoryReady
from ml_service.training.label_rules import LabelRules
from ml_service.training.training import Training, TrainingState
from ml_service.training.training_request import TrainingRequest
from ml_service.training.trainings import Trainings
from service_kit.errors import ConflictError, UnavailableError
from service_kit.logging import get_logger
from service_kit.series import Series

log = get_logger(__name__)

LOOK_SECONDS: Final = 5.0
LOOKED_THROUGH: Final = 100
"""Of the series' newest trainings."""


class AutoTrain:
    def __init__(
        self, trainings: Trainings, history: HistoryReady, series: Series, rules: LabelRules
    ) -> None:
        self._trainings = trainings
        self._history = history
        self._request = TrainingRequest.of(series, rules.of(series.timeframe))

    async def run(self) -> None:
        """Look until the series was trained, by whomever; then nothing is left to do."""
        while not await self._is_done():  # noqa: ASYNC110 - other processes decide
            await asyncio.sleep(LOOK_SECONDS)
        await asyncio.Event().wait()

    async def _is_done(self) -> bool:
        """Whether all of its history was ever learned from, or is now.

        One that ends otherwise is tried again when the service starts again.
        """
        try:
            known = await self._trainings.newest(*self._request.series.key, LOOKED_THROUGH)
            if any(map(_learned_from_all, known)):
                return True
            if await self._history.is_ready(self._request.series):
                await self._trainings.begin(self._request)
                log.info("first_training_began", series=" ".join(self._request.series.key))
                return True
        except (ConflictError, UnavailableError) as error:
            log.info("first_training_waits", why=error.message)
        return False


def _learned_from_all(training: Training) -> bool:
    return training.state is TrainingState.DONE and training.asked.lookback_rows is None
