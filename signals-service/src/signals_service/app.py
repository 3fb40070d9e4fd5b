"""signals-service put together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from service_kit.database import create_database, database_ready
from service_kit.service import create_service
from signals_service.settings import SignalsSettings


def build_app(settings: SignalsSettings) -> FastAPI:
    """Raises ClockFileError."""
    engine = create_database(settings)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.readiness["database"] = database_ready(engine)
        try:
            yield
        finally:
            await engine.dispose()

    return create_service("signals-service", lifespan=lifespan)
