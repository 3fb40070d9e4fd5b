"""The async engine over asyncpg, its connections, and one error for a database that is away."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final, TypeAlias

import asyncpg
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from service_kit.errors import StoreUnavailableError
from service_kit.health import ReadinessCheck
from service_kit.settings import DatabaseSettings

CONNECT_TIMEOUT_SECONDS: Final = 5
STATEMENT_TIMEOUT_SECONDS: Final = 60

Database: TypeAlias = AsyncEngine

_LOST: Final = (
    OSError,  # also TimeoutError
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,  # the connection died in the midst of an answer
    asyncpg.PostgresConnectionError,
    asyncpg.exceptions.OperatorInterventionError,
    asyncpg.exceptions.InsufficientResourcesError,
    PoolTimeoutError,
)


def create_database(settings: DatabaseSettings) -> Database:
    """An engine whose dead connections are noticed before they are handed out."""
    return create_async_engine(
        settings.database_url.get_secret_value(),
        pool_size=settings.database_pool_size,
        max_overflow=settings.database_pool_size,
        pool_timeout=CONNECT_TIMEOUT_SECONDS,
        pool_pre_ping=True,
        pool_use_lifo=True,  # the warm connection first: a cold one costs each statement its plan
        connect_args={
            "timeout": CONNECT_TIMEOUT_SECONDS,
            "command_timeout": STATEMENT_TIMEOUT_SECONDS,
        },
    )


def database_ready(database: Database) -> ReadinessCheck:
    async def check() -> str | None:
        async with pooled_connection(database) as connection:
            await connection.execute(text("SELECT 1"))
        return None

    return check


@asynccontextmanager
async def pooled_connection(database: Database) -> AsyncIterator[AsyncConnection]:
    """Raises StoreUnavailableError when the database is away, or goes away meanwhile."""
    try:
        async with database.connect() as connection:
            try:
                yield connection
            except Exception as error:
                if _is_lost(error):
                    await connection.invalidate()
                raise
    except Exception as error:
        if _is_lost(error):
            raise StoreUnavailableError("the database cannot be reached") from error
        raise


@asynccontextmanager
async def driver_connection(database: Database) -> AsyncIterator[Any]:
    """The same as asyncpg itself has it: COPY, arrays, no layer in between."""
    async with pooled_connection(database) as connection:
        pooled = await connection.get_raw_connection()
        yield pooled.driver_connection  # Any: asyncpg ships no types


def _is_lost(error: BaseException | None) -> bool:
    """SQLAlchemy's errors carry the driver's; a statement that is wrong is nothing of this kind."""
    if isinstance(error, DBAPIError):
        driver_error = error.orig.__cause__ if error.orig else None
        return error.connection_invalidated or _is_lost(driver_error or error.orig)
    return isinstance(error, _LOST)
