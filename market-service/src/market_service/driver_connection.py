"""Connections of the engine's pool, and one error for a database that is away."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final

import asyncpg
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from market_service.errors import StoreUnavailableError

_LOST: Final = (
    OSError,  # also TimeoutError
    asyncpg.InterfaceError,
    asyncpg.PostgresConnectionError,
    asyncpg.exceptions.OperatorInterventionError,
    asyncpg.exceptions.InsufficientResourcesError,
    SQLAlchemyError,  # the pool's own: no connection, or none in time
)


@asynccontextmanager
async def pooled_connection(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """Raises StoreUnavailableError when the database is away, or goes away meanwhile."""
    try:
        async with engine.connect() as connection:
            try:
                yield connection
            except _LOST:
                await connection.invalidate()
                raise
    except _LOST as error:
        raise StoreUnavailableError("the database cannot be reached") from error


@asynccontextmanager
async def driver_connection(
    engine: AsyncEngine,
) -> AsyncIterator[Any]:  # Any: asyncpg ships no types
    """The same as asyncpg itself has it: COPY, arrays, no layer in between."""
    async with pooled_connection(engine) as connection:
        pooled = await connection.get_raw_connection()
        yield pooled.driver_connection
