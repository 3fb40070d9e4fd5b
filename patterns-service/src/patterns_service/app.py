"""patterns-service put together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from patterns_service.closed_bar import ClosedBars
from patterns_service.endpoints import Patterns, operator_router
from patterns_service.patterns_metrics import PatternsMetrics
from patterns_service.patterns_store import PatternsStore
from patterns_service.settings import PatternsSettings
from service_kit.candle_windows import CandleWindows
from service_kit.database import create_database, database_ready
from service_kit.redis_connection import create_redis
from service_kit.service import create_service


def build_app(settings: PatternsSettings) -> FastAPI:
    """Raises ClockFileError."""
    database, redis = create_database(settings), create_redis(settings)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        try:
            yield
        finally:
            await redis.aclose()
            await database.dispose()

    app = create_service("patterns-service", lifespan=lifespan)
    metrics = PatternsMetrics(app.state.registry)
    closed_bars = ClosedBars(CandleWindows(database), PatternsStore(database), metrics)
    app.include_router(operator_router(Patterns(settings.symbols, closed_bars)))
    app.state.readiness["database"] = database_ready(database)
    return app
