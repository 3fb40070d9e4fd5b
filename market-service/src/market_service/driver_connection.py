"""Connections of the engine's pool, and one error for a database that is away."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final

import asyncpg
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from market_service.errors import StoreUnavailableError

_LOST: Final = (
    OSError,  # also TimeoutError
    asyncpg.InterfaceError,
    asyncpg.PostgresConnectionError,
    asyncpg.exceptions.OperatorInterventionError,
    asyncpg.exceptions.InsufficientResourcesError,
    PoolTimeoutError,
)


@asynccontextmanager
async def pooled_connection(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """Raises StoreUnavailableError when the database is away, or goes away meanwhile."""
    try:
        async with engine.connect() as connection:
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


def _is_lost(error: BaseException | None) -> bool:
    """SQLAlchemy's errors carry the driver's; a statement that is wrong is nothing of this kind."""
    if isinstance(error, DBAPIError):
        driver_error = error.orig.__cause__ if error.orig else None
        return error.connection_invalidated or _is_lost(driver_error or error.orig)
    return isinstance(error, _LOST)


@asynccontextmanager
async def driver_connection(
    engine: AsyncEngine,
) -> AsyncIterator[Any]:  # Any: asyncpg ships no types
    """The same as asyncpg itself has it: COPY, arrays, no layer in between."""
    async with pooled_connection(engine) as connection:
        pooled = await connection.get_raw_connection()
        yield pooled.driver_connection
