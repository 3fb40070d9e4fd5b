"""ml-service put together."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from fastapi import APIRouter, FastAPI
from prometheus_client import CollectorRegistry

from ml_service.endpoints import ml_router
from ml_service.errors import answer_with_detail
from ml_service.forecasts.follow_forecasts import FollowedForecasts
from ml_service.model_endpoints import model_router, operator_router
from ml_service.model_pages import ModelPages
from ml_service.models_status import StatusBoard
from ml_service.performance_endpoints import performance_router, status_router
from ml_service.predict import Predictor
from ml_service.registry.model_files import ModelFiles
from ml_service.registry.model_store import ModelStore
from ml_service.registry.promotions import Promotions
from ml_service.registry.serving_models import ServingModels
from ml_service.settings import MlSettings
from ml_service.training.auto_train import AutoTrain
from ml_service.training.history_ready import HistoryReady
from ml_service.training.retrain import Retraining, WhatIsDue
from ml_service.training.training_metrics import TrainingMetrics
from ml_service.training.training_store import TrainingStore
from ml_service.training.trainings import Trainings
from ml_service.training_endpoints import retrain_router, training_router
from service_kit.background import Work, running
from service_kit.candle_windows import CandleWindows
from service_kit.clock import Clock
from service_kit.database import Database, create_database, database_ready
from service_kit.series import Series, all_series
from service_kit.service import create_service
from trading_core.timeframe import Timeframe


@dataclass(frozen=True, slots=True)
class Service:
    """What runs and what is to be closed; the routes know the rest."""

    database: Database
    models: ServingModels
    parts: tuple[Callable[[], AbstractAsyncContextManager[None]], ...]
    """What has an end of its own, opened in this order and closed in the other."""
    works: Mapping[str, Work]

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        try:
            await self.models.look()
            async with AsyncExitStack() as opened:
                for part in self.parts:
                    await opened.enter_async_context(part())
                async with running(self.works):
                    yield
        finally:
            await self.database.dispose()


def build_app(settings: MlSettings) -> FastAPI:
    """Raises ClockFileError."""

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        async with service.running():
            yield

    app = create_service("ml-service", lifespan=lifespan)
    service, routers = _assemble(app.state.registry, settings)
    answer_with_detail(app)
    for router in routers:
        app.include_router(router)
    app.state.readiness["database"] = database_ready(service.database)
    app.state.readiness["models"] = service.models.ready
    return app


def _assemble(
    registry: CollectorRegistry, settings: MlSettings
) -> tuple[Service, tuple[APIRouter, ...]]:
    clock, database, symbols = (
        Clock(settings.clock_file),
        create_database(settings),
        settings.symbols,
    )
    store, files = ModelStore(database), ModelFiles(database, settings.models_dir)
    models = ServingModels(store, files, clock, registry)
    forecasts = FollowedForecasts(database, clock, symbols, models, registry)
    predictor = Predictor(database, CandleWindows(database), clock, symbols, models, forecasts)
    pages = ModelPages(store, Promotions(store, files), models, clock, symbols)
    trainings = Trainings(TrainingStore(database), clock, TrainingMetrics.register(registry))
    history = HistoryReady(database, clock)
    rules = settings.label_rules
    due = WhatIsDue(store, history, clock, symbols, rules, settings.auto_train)
    retraining = Retraining(trainings, due)
    works: dict[str, Work] = {"follow_models": models.run}
    if settings.auto_train:
        hourly = Series(symbols[0], Timeframe.H1)
        works["auto_train"] = AutoTrain(trainings, history, clock, hourly, rules).run
    routers = (
        ml_router(predictor, pages, clock),
        model_router(pages),
        performance_router(forecasts.performances),
        status_router(StatusBoard(models, forecasts.reviewer, all_series(symbols))),
        training_router(trainings, symbols, rules, models.look),
        operator_router(pages),
        retrain_router(retraining),
    )
    parts = (trainings.open, retraining.open, forecasts.running)
    return Service(database, models, parts, works), routers
