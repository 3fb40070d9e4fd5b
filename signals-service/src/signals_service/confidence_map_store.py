"""The only place that writes `confidence_maps`; it reads the outcomes that they are fitted from."""

from typing import Any, Final
from uuid import UUID

import orjson

from service_kit.database import Database, driver_connection
from trading_core.decision.confidence import ConfidenceMap, ScoredOutcome
from trading_core.decision.sides import Side
from trading_core.signal_state import SignalOrigin
from trading_core.timeframe import Timeframe


class ConfidenceMapStore:
    """A map never changes. Every method raises StoreUnavailableError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def save(self, chances: ConfidenceMap) -> None:
        """An equal map has the same id, and is stored once; its engine is stored already."""
        values = (
            chances.id,
            chances.side.value,
            chances.timeframe.value,
            chances.engine_version,
            chances.fitted_until_ms,
            orjson.dumps(chances.to_json()).decode(),
        )
        async with driver_connection(self._database) as connection:
            await connection.execute(_SAVE, *values)

    async def newest_ids(
        self, timeframe: Timeframe, engine_version: str, until_ms: int
    ) -> dict[Side, UUID]:
        """By side, of the maps whose outcomes had all closed by `until_ms`."""
        key = (timeframe.value, engine_version, until_ms)
        async with driver_connection(self._database) as connection:
            rows = await connection.fetch(_NEWEST, *key)
        return {Side(side): map_id for side, map_id in rows}

    async def get(self, map_id: UUID) -> ConfidenceMap | None:
        async with driver_connection(self._database) as connection:
            definition = await connection.fetchval(_GET, map_id)
        return None if definition is None else ConfidenceMap.from_json(orjson.loads(definition))

    async def outcomes(
        self, side: Side, timeframe: Timeframe, engine_version: str, before_ms: int
    ) -> list[ScoredOutcome]:
        """Of every market's signals, live and rebuilt, that closed before `before_ms`."""
        key = (side.value, timeframe.value, engine_version, before_ms)
        async with driver_connection(self._database) as connection:
            rows = await connection.fetch(_OUTCOMES, *key, SignalOrigin.HISTORICAL.value)
        return [_scored(row) for row in rows]


def _scored(row: Any) -> ScoredOutcome:  # noqa: ANN401 - asyncpg ships no types
    return ScoredOutcome(*row)


_SAVE: Final = """
    INSERT INTO confidence_maps (
        id, side, timeframe, engine_version, fitted_until_ms, definition
    )
    VALUES ($1, $2::text::side, $3::text::timeframe, $4, $5, $6::jsonb) ON CONFLICT DO NOTHING
"""
# Two maps of one time differ in the markets that were known: the later one knew more.
_NEWEST: Final = """
    SELECT side::text, newest.id FROM unnest(enum_range(NULL::side)) AS side
    CROSS JOIN LATERAL (
        SELECT id FROM confidence_maps
        WHERE confidence_maps.side = side.side AND timeframe = $1::text::timeframe
          AND engine_version = $2 AND fitted_until_ms <= $3
        ORDER BY fitted_until_ms DESC, created_at DESC, id LIMIT 1
    ) AS newest
"""
_GET: Final = "SELECT definition::text FROM confidence_maps WHERE id = $1"
_OUTCOMES: Final = """
    SELECT score, closed_at_ms, outcome->>'exitReason' = 'take_profit_1', origin::text = $5
    FROM signals
    WHERE signal_type = $1::text::signal_type AND timeframe = $2::text::timeframe
      AND engine_version = $3 AND closed_at_ms < $4 AND outcome IS NOT NULL
    ORDER BY closed_at_ms, symbol, timestamp
"""
