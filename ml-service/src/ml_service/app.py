"""ml-service put together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from ml_service.endpoints import ml_router
from ml_service.errors import answer_with_detail
from ml_service.forecasts.follow_forecasts import FollowedForecasts
from ml_service.model_endpoints import model_router, operator_router
from ml_service.model_pages import ModelPages
from ml_service.performance_endpoints import performance_router
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
from service_kit.database import create_database, database_ready
from service_kit.series import Series
from service_kit.service import create_service
from trading_core.timeframe import Timeframe


def build_app(settings: MlSettings) -> FastAPI:
    """Raises ClockFileError."""
    clock = Clock(settings.clock_file)
    engine = create_database(settings)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.readiness["database"] = database_ready(engine)
        try:
            async with running({"follow_models": models.run}), forecasts.running():
                yield
        finally:
            await engine.dispose()

    app = create_service("ml-service", lifespan=lifespan)
    store, files = ModelStore(engine), ModelFiles(settings.models_dir)
    models = ServingModels(store, files, clock, app.state.registry)
    forecasts = FollowedForecasts(engine, clock, settings.symbols, models, app.state.registry)
    predictor = Predictor(engine, CandleWindows(engine), clock, settings.symbols, models, forecasts)
    pages = ModelPages(store, Promotions(store, files), models, clock, settings.symbols)
    metrics = TrainingMetrics.register(app.state.registry)
    trainings = Trainings(TrainingStore(engine), clock, metrics)
    history = HistoryReady(engine, clock)
    due = WhatIsDue(store, history, clock, settings.symbols, settings.auto_train)
    retraining = Retraining(trainings, due)
    works: dict[str, Work] = {"follow_models": models.run}
    if settings.auto_train:
        first = Series(settings.symbols[0], Timeframe.H1)
        works["auto_train"] = AutoTrain(trainings, history, first).run
    answer_with_detail(app)
    app.include_router(ml_router(predictor, pages, clock))
    app.include_router(model_router(pages))
    app.include_router(performance_router(forecasts.performances))
    app.include_router(operator_router(pages))
    app.include_router(training_router(trainings, settings.symbols))
    app.include_router(retrain_router(retraining))
    return app
