"""patterns-service put together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from patterns_service.settings import PatternsSettings
from service_kit.database import create_database, database_ready
from service_kit.service import create_service


def build_app(settings: PatternsSettings) -> FastAPI:
    """Raises ClockFileError."""
    engine = create_database(settings)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.readiness["database"] = database_ready(engine)
        try:
            yield
        finally:
            await engine.dispose()

    return create_service("patterns-service", lifespan=lifespan)
