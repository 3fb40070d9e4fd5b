"""analysis-service put together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from analysis_service.analysis_metrics import AnalysisMetrics
from analysis_service.closed_bar import ClosedBars
from analysis_service.endpoints import Analysis, operator_router
from analysis_service.indicators_store import IndicatorsStore
from analysis_service.settings import AnalysisSettings
from service_kit.candle_windows import CandleWindows
from service_kit.database import create_database, database_ready
from service_kit.event_bus import EventBus
from service_kit.redis_connection import create_redis
from service_kit.service import create_service


def build_app(settings: AnalysisSettings) -> FastAPI:
    """Raises ClockFileError."""
    database, redis = create_database(settings), create_redis(settings)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        try:
            yield
        finally:
            await redis.aclose()
            await database.dispose()

    app = create_service("analysis-service", lifespan=lifespan)
    metrics = AnalysisMetrics(app.state.registry)
    windows, store = CandleWindows(database), IndicatorsStore(database)
    closed_bars = ClosedBars(windows, store, EventBus(redis), metrics)
    app.include_router(operator_router(Analysis(settings.symbols, closed_bars)))
    app.state.readiness["database"] = database_ready(database)
    return app
