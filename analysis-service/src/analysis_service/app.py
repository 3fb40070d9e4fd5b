"""analysis-service put together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from prometheus_client import CollectorRegistry
from redis.asyncio import Redis

from analysis_service.analysis_metrics import AnalysisMetrics
from analysis_service.bar_indicators import BarIndicators
from analysis_service.closed_bar import ClosedBars
from analysis_service.endpoints import Analysis, analysis_router, operator_router
from analysis_service.indicator_history import IndicatorHistory
from analysis_service.indicators_store import IndicatorsStore
from analysis_service.settings import AnalysisSettings
from service_kit.bar_cache import BarCache
from service_kit.cache import INDICATORS, Cache
from service_kit.candle_windows import CandleWindows
from service_kit.clock import Clock
from service_kit.database import Database, create_database, database_ready
from service_kit.event_bus import EventBus
from service_kit.redis_connection import create_redis
from service_kit.service import create_service


def build_app(settings: AnalysisSettings) -> FastAPI:
    """Raises ClockFileError."""
    registry = CollectorRegistry()
    database, redis = create_database(settings, registry), create_redis(settings)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        try:
            yield
        finally:
            await redis.aclose()
            await database.dispose()

    app = create_service("analysis-service", lifespan=lifespan, registry=registry)
    analysis = _assemble(app, settings, database, redis)
    app.include_router(analysis_router(analysis))
    app.include_router(operator_router(analysis))
    app.state.readiness["database"] = database_ready(database)
    return app


def _assemble(
    app: FastAPI, settings: AnalysisSettings, database: Database, redis: Redis
) -> Analysis:
    clock, metrics = Clock(settings.clock_file), AnalysisMetrics(app.state.registry)
    cache = BarCache(database, Cache(redis, app.state.registry), clock, INDICATORS)
    windows, store = CandleWindows(database), IndicatorsStore(database)
    closed_bars = ClosedBars(windows, store, EventBus(redis), metrics)
    bars = BarIndicators(database, closed_bars, store, cache, clock)
    history = IndicatorHistory(database, windows, store, cache, metrics)
    return Analysis(settings.symbols, closed_bars, bars, history)
