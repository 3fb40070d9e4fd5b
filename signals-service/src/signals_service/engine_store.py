"""The only place that writes `engines`: each table of weights that ever decided, by its hash."""

from typing import Final

import orjson

from service_kit.database import Database, driver_connection
from signals_service.signal_record import write_json
from trading_core.decision.engine import Engine


class EngineStore:
    """Every method raises StoreUnavailableError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def keep(self, engine: Engine) -> None:
        async with driver_connection(self._database) as connection:
            await connection.execute(_KEEP, engine.version, write_json(engine.to_json()))

    async def read(self, version: str) -> Engine | None:
        """Raises InvalidJsonError or InvalidEngineError where no version of ours wrote it."""
        async with driver_connection(self._database) as connection:
            text = await connection.fetchval(_READ, version)
        return None if text is None else Engine.from_json(orjson.loads(text))


_KEEP: Final = """
    INSERT INTO engines (version, definition) VALUES ($1, $2::jsonb)
    ON CONFLICT (version) DO NOTHING
"""
_READ: Final = "SELECT definition::text FROM engines WHERE version = $1"
