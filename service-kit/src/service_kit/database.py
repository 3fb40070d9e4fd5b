"""The async engine over asyncpg, and what is said while the database does not answer."""

from fastapi import FastAPI, Request, Response
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from service_kit.errors import error_response
from service_kit.health import ReadinessCheck
from service_kit.logging import get_logger
from service_kit.settings import DatabaseSettings

log = get_logger(__name__)

CONNECT_TIMEOUT_SECONDS = 5
STATEMENT_TIMEOUT_SECONDS = 60


def create_database(settings: DatabaseSettings) -> AsyncEngine:
    """An engine whose dead connections are noticed before they are handed out."""
    return create_async_engine(
        settings.database_url.get_secret_value(),
        pool_size=settings.database_pool_size,
        max_overflow=settings.database_pool_size,
        pool_timeout=CONNECT_TIMEOUT_SECONDS,
        pool_pre_ping=True,
        connect_args={
            "timeout": CONNECT_TIMEOUT_SECONDS,
            "command_timeout": STATEMENT_TIMEOUT_SECONDS,
        },
    )


def database_ready(engine: AsyncEngine) -> ReadinessCheck:
    async def check() -> str | None:
        async with engine.connect() as connection:
            await connection.execute(text("SELECT 1"))
        return None

    return check


def install_database_errors(app: FastAPI) -> None:
    """Answer 503 while the database is away; a statement that fails otherwise stays a bug."""
    app.add_exception_handler(DBAPIError, _on_database_error)
    app.add_exception_handler(PoolTimeoutError, _on_lost_database)
    app.add_exception_handler(ConnectionError, _on_lost_database)


async def _on_database_error(request: Request, error: Exception) -> Response:
    lost = isinstance(error, DBAPIError) and (
        error.connection_invalidated or isinstance(error.orig, OSError)
    )
    if not lost:
        raise error
    return await _on_lost_database(request, error)


async def _on_lost_database(_request: Request, error: Exception) -> Response:
    log.warning("database_unavailable", error=str(error)[:200])
    return error_response(503, "the database cannot be reached", headers={"Retry-After": "1"})
