"""patterns-service put together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from prometheus_client import CollectorRegistry
from redis.asyncio import Redis

from patterns_service.closed_bar import ClosedBars
from patterns_service.endpoints import Patterns, operator_router, patterns_router
from patterns_service.patterns_metrics import PatternsMetrics
from patterns_service.patterns_store import PatternsStore
from patterns_service.settings import PatternsSettings
from patterns_service.stored_patterns import StoredPatterns
from service_kit.bar_cache import BarCache
from service_kit.cache import PATTERNS, Cache
from service_kit.candle_windows import CandleWindows
from service_kit.clock import Clock
from service_kit.database import Database, create_database, database_ready
from service_kit.redis_connection import create_redis
from service_kit.service import create_service


def build_app(settings: PatternsSettings) -> FastAPI:
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

    app = create_service("patterns-service", lifespan=lifespan, registry=registry)
    patterns = _assemble(app, settings, database, redis)
    app.include_router(patterns_router(patterns))
    app.include_router(operator_router(patterns))
    app.state.readiness["database"] = database_ready(database)
    return app


def _assemble(
    app: FastAPI, settings: PatternsSettings, database: Database, redis: Redis
) -> Patterns:
    clock, metrics = Clock(settings.clock_file), PatternsMetrics(app.state.registry)
    cache = BarCache(database, Cache(redis, app.state.registry), clock, PATTERNS)
    windows, store = CandleWindows(database), PatternsStore(database)
    closed_bars = ClosedBars(windows, store, metrics)
    stored = StoredPatterns(database, windows, store, cache, metrics)
    return Patterns(settings.symbols, closed_bars, stored)
