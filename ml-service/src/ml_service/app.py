"""ml-service put together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from ml_service.endpoints import ml_router
from ml_service.errors import answer_with_detail
from ml_service.forecast import NoForecastLog
from ml_service.model_endpoints import model_router, operator_router
from ml_service.model_pages import ModelPages
from ml_service.predict import Predictor
from ml_service.registry.model_files import ModelFiles
from ml_service.registry.model_store import ModelStore
from ml_service.registry.promotions import Promotions
from ml_service.registry.serving_models import ServingModels
from ml_service.settings import MlSettings
from service_kit.background import running
from service_kit.candle_windows import CandleWindows
from service_kit.clock import Clock
from service_kit.database import create_database, database_ready
from service_kit.service import create_service


def build_app(settings: MlSettings) -> FastAPI:
    """Raises ClockFileError."""
    clock = Clock(settings.clock_file)
    engine = create_database(settings)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.readiness["database"] = database_ready(engine)
        try:
            async with running({"follow_models": models.run}):
                yield
        finally:
            await engine.dispose()

    app = create_service("ml-service", lifespan=lifespan)
    store, files = ModelStore(engine), ModelFiles(settings.models_dir)
    models = ServingModels(store, files, clock, app.state.registry)
    predictor = Predictor(
        engine, CandleWindows(engine), clock, settings.symbols, models, NoForecastLog()
    )
    pages = ModelPages(store, Promotions(store, files), models, clock, settings.symbols)
    answer_with_detail(app)
    app.include_router(ml_router(predictor, pages, clock))
    app.include_router(model_router(pages))
    app.include_router(operator_router(pages))
    return app
