"""A training in the test's own process, where not the process is what is tested."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from pydantic import SecretStr

from ml_service.learning.dataset import LabelRule
from ml_service.registry.model_card import ModelCard
from ml_service.registry.model_files import ModelFiles
from ml_service.training.label_rules import LabelRules
from ml_service.training.last_step import LastStep
from ml_service.training.run_training import Ended, RunTraining
from ml_service.training.training_request import TrainingRequest
from ml_service.training.training_store import TrainingStore
from service_kit.clock import Clock
from service_kit.database import Database, create_database
from service_kit.series import Series
from service_kit.settings import DatabaseSettings
from training_desk import THRESHOLD


@dataclass(frozen=True, slots=True)
class TrainingHere:
    database: Database
    files: ModelFiles

    async def train(
        self,
        series: Series,
        *,
        rows: int | None = 500,
        since_ms: int | None = None,
        threshold: float = THRESHOLD,
    ) -> Ended:
        """Asked for and run as by `python -m ml_service.training`."""
        request = TrainingRequest(
            symbol=series.symbol.compact,
            timeframe=series.timeframe,
            label_rule=LabelRule(threshold=threshold),
            lookback_rows=rows,
            since_ms=since_ms,
        )
        training_id, clock = uuid4(), Clock()
        await TrainingStore(self.database).ask(training_id, request, clock.wall_ms())
        training = RunTraining(self.database, self.files, LabelRules(), clock)
        return await training.run(training_id, request, LastStep(), lambda _: None)

    async def card(self, model_id: str) -> ModelCard:
        return (await self.files.load(model_id)).card


@asynccontextmanager
async def training_here(database_url: str, models: Path) -> AsyncIterator[TrainingHere]:
    database = create_database(DatabaseSettings(database_url=SecretStr(database_url)))
    try:
        yield TrainingHere(database, ModelFiles(database, models))
    finally:
        await database.dispose()
