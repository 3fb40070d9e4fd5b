"""The only place that writes `patterns` and `pattern_scans`: the first scan of a bar stays.

What was shown is never repainted. A bar without a pattern has no row in `patterns`, so which bars
were scanned is kept beside them, and its row lock orders those who scan one series.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import asyncpg

from patterns_service.pattern_row import StoredPattern
from service_kit.database import Database, driver_connection
from service_kit.series import Series
from trading_core.patterns.pattern_type import PatternType
from trading_core.patterns.sightings import PatternSighting
from trading_core.time_range import TimeRange


@dataclass(frozen=True, slots=True)
class Scan:
    """Bars that were looked at, all of them, and what was found at them."""

    bars: tuple[TimeRange, ...]
    sightings: tuple[PatternSighting, ...]


class PatternsStore:
    """Every method raises StoreUnavailableError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def save(self, series: Series, scan: Scan) -> int:
        """Store what was found at bars that nobody had scanned; returns how many that were."""
        if not scan.bars:
            return 0
        found = scan.sightings
        columns = (
            [one.opened_at_ms for one in found],
            [one.pattern_type.value for one in found],
            [one.pattern_type.direction.value for one in found],
            [one.strength for one in found],
        )
        async with driver_connection(self._database) as connection, connection.transaction():
            await connection.execute(_LOCK, *series.key)
            status = await connection.execute(_INSERT, *series.key, *columns)
            await connection.execute(_SCANNED, *series.key, _multirange(scan.bars))
        return int(status.split()[-1])

    async def scanned(self, series: Series, within: TimeRange) -> tuple[TimeRange, ...]:
        """What was scanned of the range, ascending."""
        asked = asyncpg.Range(within.start_ms, within.end_ms)
        async with driver_connection(self._database) as connection:
            parts = await connection.fetchval(_SCANNED_WITHIN, *series.key, [asked])
        return tuple(TimeRange(part.lower, part.upper) for part in parts or ())

    async def newest(
        self, series: Series, since_ms: int, until_ms: int, limit: int
    ) -> list[StoredPattern]:
        """At bars that open in [since_ms, until_ms), newest first."""
        async with driver_connection(self._database) as connection:
            rows = await connection.fetch(_NEWEST, *series.key, since_ms, until_ms, limit)
        return [_stored(row) for row in rows]


def _multirange(ranges: Sequence[TimeRange]) -> list[Any]:
    return [asyncpg.Range(one.start_ms, one.end_ms) for one in ranges]


def _stored(row: Any) -> StoredPattern:  # noqa: ANN401 - asyncpg ships no types
    kind = PatternType(row["pattern_type"])
    sighting = PatternSighting(row["timestamp"], kind, row["strength"])
    return StoredPattern(sighting, row["created_at_ms"])


_KEY: Final = "symbol = $1 AND timeframe = $2::text::timeframe"
# Updates what is there to itself, for the sake of its lock.
_LOCK: Final = """
    INSERT INTO pattern_scans AS kept (symbol, timeframe, scanned)
    VALUES ($1, $2::text::timeframe, '{}')
    ON CONFLICT (symbol, timeframe) DO UPDATE SET scanned = kept.scanned
"""
_INSERT: Final = f"""
    INSERT INTO patterns (symbol, timeframe, timestamp, pattern_type, signal, strength)
    SELECT $1, $2::text::timeframe, found.timestamp, kind::pattern_type, signal::direction, strength
    FROM unnest($3::bigint[], $4::text[], $5::text[], $6::smallint[])
        AS found (timestamp, kind, signal, strength)
    WHERE NOT (SELECT scanned FROM pattern_scans WHERE {_KEY}) @> found.timestamp
    ORDER BY found.timestamp
    ON CONFLICT DO NOTHING
"""  # noqa: S608 - constants of this file
_SCANNED: Final = f"UPDATE pattern_scans SET scanned = scanned + $3::int8multirange WHERE {_KEY}"  # noqa: S608 - constants of this file
_SCANNED_WITHIN: Final = f"""
    SELECT scanned * $3::int8multirange FROM pattern_scans WHERE {_KEY}
"""  # noqa: S608 - constants of this file
_NEWEST: Final = f"""
    SELECT timestamp, pattern_type::text, strength,
        (extract(epoch FROM created_at) * 1000)::bigint AS created_at_ms
    FROM patterns WHERE {_KEY} AND timestamp >= $3 AND timestamp < $4
    ORDER BY timestamp DESC, patterns.pattern_type LIMIT $5
"""  # noqa: S608 - constants of this file
