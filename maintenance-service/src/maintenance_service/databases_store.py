"""Databases beside ours on the same server: made, dropped, renamed.

The role needs CREATEDB. Whoever is connected keeps a database from being dropped or renamed; only
sessions of our own role are ever ended, and never those of the database that is in use.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from pydantic import SecretStr
from sqlalchemy import make_url, text
from sqlalchemy.exc import DBAPIError

from maintenance_service.backup_errors import BackupError, RestoreError
from service_kit.database import Database, create_database, pooled_connection
from service_kit.settings import DatabaseSettings

MAINTENANCE_DATABASE: Final = "postgres"
DROP_ATTEMPTS: Final = 5

_CONNECTED: Final = text("SELECT count(*) FROM pg_stat_activity WHERE datname = :name")
_DISCONNECT: Final = text(
    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
    "WHERE datname = :name AND usename = current_user"
)
_NAMED: Final = text(
    "SELECT datname::text FROM pg_database WHERE starts_with(datname, :prefix) ORDER BY datname"
)


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Database]:
    """Two connections at most, none of which outlives the block."""
    settings = DatabaseSettings(database_url=SecretStr(url), database_pool_size=1)
    database = create_database(settings)
    try:
        yield database
    finally:
        await database.dispose()


def database_name(url: str) -> str:
    return make_url(url).database or ""


def url_of(url: str, name: str) -> str:
    """The same server and role, another database."""
    return make_url(url).set(database=name).render_as_string(hide_password=False)


class Databases:
    """Every method raises StoreUnavailableError."""

    def __init__(self, maintenance: Database) -> None:
        """`maintenance` is one that is neither made nor renamed here."""
        self._maintenance = maintenance

    async def create(self, name: str) -> None:
        """Raises BackupError where our role may not."""
        try:
            await self._execute(f"CREATE DATABASE {_quoted(name)} TEMPLATE template0")
        except DBAPIError as error:
            raise BackupError(
                f"no database can be made beside ours: {_first_line(error)}"
            ) from error

    async def drop(self, name: str) -> None:
        """Ends what our role still does there; an autovacuum worker is waited for."""
        for attempt in range(DROP_ATTEMPTS):
            try:
                await self._disconnect(name)
                await self._execute(f"DROP DATABASE IF EXISTS {_quoted(name)}")
            except DBAPIError:
                if attempt == DROP_ATTEMPTS - 1:
                    raise
                await asyncio.sleep(1)
            else:
                return

    async def named(self, prefix: str) -> list[str]:
        async with pooled_connection(self._maintenance) as connection:
            found = await connection.execute(_NAMED, {"prefix": prefix})
            return list(found.scalars())

    async def drop_named(self, prefix: str) -> None:
        for name in await self.named(prefix):
            await self.drop(name)

    async def connected(self, name: str) -> int:
        async with pooled_connection(self._maintenance) as connection:
            found: int = (await connection.execute(_CONNECTED, {"name": name})).scalar_one()
        return found

    async def swap(self, fresh: str, used: str, kept: str) -> None:
        """`used` becomes `kept` and `fresh` becomes `used`: both or neither.

        Raises RestoreError while somebody is connected to one of them.
        """
        renames = [(used, kept)] if used in await self.named(used) else []
        try:
            async with pooled_connection(self._maintenance) as connection, connection.begin():
                for old, new in (*renames, (fresh, used)):
                    rename = f"ALTER DATABASE {_quoted(old)} RENAME TO {_quoted(new)}"
                    await connection.execute(text(rename))
        except DBAPIError as error:
            raise RestoreError(
                f"{used} could not be replaced, and is as it was: {_first_line(error)}"
            ) from error

    async def _disconnect(self, name: str) -> None:
        async with pooled_connection(self._maintenance) as connection:
            await connection.execute(_DISCONNECT, {"name": name})

    async def _execute(self, statement: str) -> None:
        """Outside of a transaction, in which no database can be made or dropped."""
        async with pooled_connection(self._maintenance) as connection:
            await connection.execution_options(isolation_level="AUTOCOMMIT")
            await connection.execute(text(statement))


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _first_line(error: DBAPIError) -> str:
    """Without the class of the driver's error, which stands before it."""
    return str(error.orig).splitlines()[0].rpartition(">: ")[2][:200]
