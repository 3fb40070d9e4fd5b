"""The only place that touches `model_files`: what each model is made of, byte for byte."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from ml_service.registry.model_contents import Contents, sha256_of
from service_kit.database import Database, driver_connection


class ModelFileStore:
    """Every method raises StoreUnavailableError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def digests(self, model_id: str) -> Mapping[str, str]:
        """SHA-256 in hexadecimal digits, by suffix."""
        async with driver_connection(self._database) as connection:
            records = await connection.fetch(_DIGESTS, model_id)
        return dict(map(tuple, records))

    async def contents(self, model_id: str, suffixes: Sequence[str]) -> Contents:
        """Those of them that there are."""
        async with driver_connection(self._database) as connection:
            records = await connection.fetch(_CONTENTS, model_id, suffixes)
        return dict(map(tuple, records))

    async def models_without_files(self) -> tuple[str, ...]:
        """Oldest first."""
        async with driver_connection(self._database) as connection:
            records = await connection.fetch(_WITHOUT_FILES)
        return tuple(record["id"] for record in records)

    async def keep(self, model_id: str, contents: Contents) -> None:
        """All of them or none; what is there already stays."""
        async with driver_connection(self._database) as connection:
            await insert_files(connection, model_id, contents)


async def insert_files(
    connection: Any,  # noqa: ANN401 - asyncpg ships no types
    model_id: str,
    contents: Contents,
) -> None:
    """In the caller's transaction, if it has one open; what is there already stays."""
    rows = [(model_id, suffix, one, sha256_of(one)) for suffix, one in sorted(contents.items())]
    await connection.executemany(_INSERT, rows)


_DIGESTS: Final = "SELECT suffix, sha256 FROM model_files WHERE model_id = $1"
_CONTENTS: Final = """
    SELECT suffix, content FROM model_files WHERE model_id = $1 AND suffix = ANY($2::text[])
"""
_WITHOUT_FILES: Final = """
    SELECT id FROM models
    WHERE NOT EXISTS (SELECT FROM model_files WHERE model_id = id) ORDER BY created_at, id
"""
_INSERT: Final = """
    INSERT INTO model_files (model_id, suffix, content, sha256) VALUES ($1, $2, $3, $4)
    ON CONFLICT (model_id, suffix) DO NOTHING
"""
