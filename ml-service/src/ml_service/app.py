"""ml-service put together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from ml_service.endpoints import ml_router
from ml_service.errors import answer_with_detail
from ml_service.predict import Predictor
from ml_service.settings import MlSettings
from service_kit.candle_windows import CandleWindows
from service_kit.clock import Clock
from service_kit.database import create_database, database_ready
from service_kit.service import create_service


def build_app(settings: MlSettings) -> FastAPI:
    """Raises ClockFileError."""
    clock = Clock(settings.clock_file)
    engine = create_database(settings)
    predictor = Predictor(engine, CandleWindows(engine), clock, settings.symbols)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.readiness["database"] = database_ready(engine)
        try:
            yield
        finally:
            await engine.dispose()

    app = create_service("ml-service", lifespan=lifespan)
    answer_with_detail(app)
    app.include_router(ml_router(predictor, clock))
    return app
