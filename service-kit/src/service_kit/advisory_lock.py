"""One leader of several processes: a PostgreSQL advisory lock held by a session of its own.

The lock lives as long as its connection. A leader that dies, or is cut off, is followed by another
within POLL_SECONDS; a leader that lost its connection finds out within WATCH_SECONDS.
"""

import asyncio
import zlib
from types import TracebackType
from typing import Final, Self

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from service_kit.logging import get_logger

log = get_logger(__name__)

POLL_SECONDS: Final = 1.0
WATCH_SECONDS: Final = 1.0
WATCH_TIMEOUT_SECONDS: Final = 5.0
NAMESPACE: Final = 0x657468  # "eth": keeps our locks apart from others in the same database


class Leadership:
    """`async with Leadership(engine, "feed") as leadership:` is entered once we lead."""

    def __init__(self, engine: AsyncEngine, name: str) -> None:
        self._engine = engine
        self._name = name
        self._key = zlib.crc32(name.encode()) - 2**31
        self._connection: AsyncConnection | None = None

    @property
    def held(self) -> bool:
        return self._connection is not None

    async def acquire(self) -> None:
        """Wait until we lead; a database that is away is waited for as well."""
        while not await self.try_acquire():  # noqa: ASYNC110 - another process decides, no event can
            await asyncio.sleep(POLL_SECONDS)
        log.info("leadership_acquired", role=self._name)

    async def lost(self) -> None:
        """Return when the lock is no longer ours."""
        while await self._still_there():  # noqa: ASYNC110 - a dead connection sends no event
            await asyncio.sleep(WATCH_SECONDS)
        log.warning("leadership_lost", role=self._name)
        await self.release()

    async def release(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            await _drop(connection)

    async def try_acquire(self) -> bool:
        """Whether we lead now; where the database is away nobody does."""
        connection: AsyncConnection | None = None
        try:
            connection = await self._engine.connect()
            await connection.execution_options(isolation_level="AUTOCOMMIT")
            statement = text("SELECT pg_try_advisory_lock(:space, :key)")
            found = await connection.execute(statement, {"space": NAMESPACE, "key": self._key})
            if found.scalar_one():
                self._connection = connection
                return True
        except (SQLAlchemyError, OSError, TimeoutError) as error:
            log.warning("leadership_unavailable", role=self._name, error=str(error)[:200])
        if connection is not None:
            await _drop(connection)
        return False

    async def _still_there(self) -> bool:
        if self._connection is None:
            return False
        try:
            async with asyncio.timeout(WATCH_TIMEOUT_SECONDS):
                await self._connection.execute(text("SELECT 1"))
        except (SQLAlchemyError, OSError, TimeoutError):
            return False
        return True

    async def __aenter__(self) -> Self:
        await self.acquire()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.release()


async def _drop(connection: AsyncConnection) -> None:
    """Close for good: a connection back in the pool would keep its session's locks."""
    try:
        await connection.invalidate()
        await connection.close()
    except (SQLAlchemyError, OSError, TimeoutError) as error:
        log.debug("connection_drop_failed", error=str(error)[:200])
