"""What the quality report counts, of the tables; reads only."""

from dataclasses import replace
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncConnection

from market_service.coverage_store import Coverage
from market_service.quality.counts import Counted, Delays, Revision
from service_kit import candle_queries
from service_kit.clock import ClockState
from service_kit.database import Database, pooled_connection
from service_kit.series import Series
from trading_core.candle_origin import CandleOrigin
from trading_core.time_range import TimeRange


class QualityStore:
    """Every method raises StoreUnavailableError."""

    def __init__(self, engine: Database) -> None:
        self._engine = engine

    async def coverage(self, series: Series) -> Coverage | None:
        """None for a series that nobody watches yet."""
        async with pooled_connection(self._engine) as connection:
            rows = await _fetch(connection, _COVERAGE, *series.key)
        return Coverage(*rows[0]) if rows else None

    async def count(self, series: Series, within: TimeRange, newest: int) -> Counted:
        """`within` holds whole bars; of revisions the `newest` few are told one by one."""
        key = (*series.key, within.start_ms, within.end_ms)
        asked = (series.symbol, series.timeframe, within)
        async with pooled_connection(self._engine) as fresh:
            connection = await fresh.execution_options(isolation_level="REPEATABLE READ")
            origins = await _fetch(connection, _ORIGINS, *key)
            outages = await candle_queries.outages(connection, *asked)
            revised = await _fetch(connection, _REVISIONS, *key, newest)
            counted = Counted(
                series.timeframe,
                within,
                origins={CandleOrigin(origin): count for origin, count in origins},
                outages=tuple(cut for one in outages if (cut := one.overlap(within))),
                revisions=revised[0][0] if revised else 0,
                newest_revisions=tuple(_revision(row) for row in revised),
            )
            if not counted.missing:
                return counted
            return replace(counted, holes=await candle_queries.holes(connection, *asked))

    async def delays(
        self, series: Series, within: TimeRange, clock: ClockState
    ) -> dict[CandleOrigin, Delays]:
        """Of the bars that open in the stretch and came live or healed.

        `clock` has to run, to lie at the exchange's time, and to have run when they closed.
        """
        key = (*series.key, within.start_ms, within.end_ms)
        line = (series.bar_ms, clock.event_epoch_ms, clock.wall_epoch_ms, clock.speed)
        async with pooled_connection(self._engine) as connection:
            rows = await _fetch(connection, _DELAYS, *key, *line)
        return {CandleOrigin(row[0]): _delays(row) for row in rows}


def _delays(row: tuple[Any, ...]) -> Delays:  # Any: one row of _DELAYS
    _, count, (p50_ms, p95_ms, p99_ms), max_ms = row
    return Delays(count, p50_ms, p95_ms, p99_ms, max_ms)


def _revision(row: tuple[Any, ...]) -> Revision:  # Any: one row of _REVISIONS
    _, open_ms, replaced_at_ms, before, after = row
    return Revision(open_ms, replaced_at_ms, tuple(before), tuple(after))


async def _fetch(
    connection: AsyncConnection, query: str, *arguments: object
) -> list[tuple[Any, ...]]:
    result = await connection.exec_driver_sql(query, arguments)
    return [tuple(row) for row in result]


_IN_SERIES: Final = "symbol = $1 AND timeframe = $2::text::timeframe"
_IN_RANGE: Final = f"{_IN_SERIES} AND timestamp >= $3 AND timestamp < $4"
_COVERAGE: Final = f"""
    SELECT live_since_ms, backfilled_from_ms, first_available_ms FROM feed_coverage
    WHERE {_IN_SERIES} AND live_since_ms IS NOT NULL AND backfilled_from_ms IS NOT NULL
"""  # noqa: S608 - constants of this file
_ORIGINS: Final = f"""
    SELECT origin::text, count(*) FROM ohlcv_data WHERE {_IN_RANGE} GROUP BY origin
"""  # noqa: S608 - constants of this file
# A version's successor was first seen when it was replaced: another revision, or the current row.
_REVISIONS: Final = f"""
    WITH newest AS (
        SELECT *, count(*) OVER () AS total FROM ohlcv_revisions WHERE {_IN_RANGE}
        ORDER BY replaced_at_ms DESC, timestamp DESC LIMIT $5
    ), versions AS (
        SELECT symbol, timeframe, timestamp, seen_at_ms, open, high, low, close, volume
        FROM ohlcv_revisions
        UNION ALL
        SELECT symbol, timeframe, timestamp, seen_at_ms, open, high, low, close, volume
        FROM ohlcv_data
    )
    SELECT old.total, old.timestamp, old.replaced_at_ms,
           ARRAY[old.open, old.high, old.low, old.close, old.volume],
           ARRAY[new.open, new.high, new.low, new.close, new.volume]
    FROM newest AS old JOIN versions AS new
      ON new.symbol = old.symbol AND new.timeframe = old.timeframe
     AND new.timestamp = old.timestamp AND new.seen_at_ms = old.replaced_at_ms
    ORDER BY old.replaced_at_ms DESC, old.timestamp DESC
"""  # noqa: S608 - constants of this file
# created_at is never changed: when the first version was written, by the wall.
_DELAYS: Final = f"""
    SELECT origin::text, count(*),
           percentile_disc(ARRAY[0.5, 0.95, 0.99]) WITHIN GROUP (ORDER BY delay_ms), max(delay_ms)
    FROM (
        SELECT origin, greatest(0, date_part('epoch', created_at) * 1000 - $7::bigint
            - (timestamp + $5::bigint - $6::bigint) / $8::float8)::bigint AS delay_ms
        FROM ohlcv_data WHERE {_IN_RANGE} AND origin <> 'backfill'
    ) AS came
    GROUP BY origin
"""  # noqa: S608 - constants of this file
