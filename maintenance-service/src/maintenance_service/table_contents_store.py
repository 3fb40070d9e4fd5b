"""What each table holds, as a count and a hash, within one snapshot.

A row's MD5, of its text with settings that are fixed here, is taken as two signed 64-bit numbers,
and each is added up over the table modulo 2⁶⁴. That needs no order and no sort, so it runs as fast
as the rows can be read: a difference in one row, and rows that are missing or twice there, change
it. It is for accidents; the dump's own SHA-256 is for its bytes.
"""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any, Final

from maintenance_service.manifest import TableContent
from service_kit.database import Database, driver_connection

Tell = Callable[[str, int, int], None]
"""Stage, done, total."""
HOURS_SECONDS: Final = 4 * 3600.0
"""What takes as long as the tables are big is not cut off by the pool's usual time-out."""

_TABLES: Final = """
    SELECT relname::text FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY relname
"""
_FIXED: Final = """
    SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO, YMD';
    SET LOCAL IntervalStyle = 'postgres'; SET LOCAL extra_float_digits = 1;
    SET LOCAL bytea_output = 'hex'; SET LOCAL xmloption = 'content'
"""
_CONTENT: Final = """
    SELECT count(*), coalesce(sum(('x' || left(hash, 16))::bit(64)::bigint), 0)::text,
        coalesce(sum(('x' || right(hash, 16))::bit(64)::bigint), 0)::text
    FROM (SELECT md5(whole_row::text) AS hash FROM {table} AS whole_row) AS hashed
"""


class Snapshot:
    """One moment of the database; `name` lets others look at the same."""

    def __init__(self, connection: Any, name: str) -> None:  # noqa: ANN401 - asyncpg ships no types
        self._connection = connection
        self.name = name

    async def contents(self, tell: Tell) -> Mapping[str, TableContent]:
        await self._connection.execute(_FIXED)
        tables = [row[0] for row in await self._connection.fetch(_TABLES)]
        found = {}
        for number, table in enumerate(tables):
            tell("counting", number, len(tables))
            found[table] = await self._content(table)
        tell("counting", len(tables), len(tables))
        return found

    async def schema_revision(self) -> str | None:
        """None where no migration has ever run."""
        known = await self._connection.fetchval("SELECT to_regclass('public.alembic_version')")
        if known is None:
            return None
        revision: str | None = await self._connection.fetchval(
            "SELECT version_num FROM public.alembic_version"
        )
        return revision

    async def server_version(self) -> int:
        number = await self._connection.fetchval("SHOW server_version_num")
        return int(number) // 10_000

    async def database_bytes(self) -> int:
        size: int = await self._connection.fetchval("SELECT pg_database_size(current_database())")
        return size

    async def _content(self, table: str) -> TableContent:
        quoted = 'public."' + table.replace('"', '""') + '"'
        statement = _CONTENT.format(table=quoted)
        rows, high, low = await self._connection.fetchrow(statement, timeout=HOURS_SECONDS)
        return TableContent(rows=rows, hash=f"{int(high) % 2**64:016x}{int(low) % 2**64:016x}")


@asynccontextmanager
async def exported_snapshot(database: Database) -> AsyncIterator[Snapshot]:
    """Raises StoreUnavailableError. Ends with the block, so whoever looks at it must be done."""
    async with (
        driver_connection(database) as connection,
        connection.transaction(isolation="repeatable_read", readonly=True),
    ):
        name = await connection.fetchval("SELECT pg_export_snapshot()")
        yield Snapshot(connection, name)
