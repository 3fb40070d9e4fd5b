"""How far each series reaches: the only place that writes `feed_coverage` and `outages`."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, Final

from service_kit import candle_queries
from service_kit.database import Database, driver_connection, pooled_connection
from service_kit.series import Series
from trading_core.time_range import TimeRange
from trading_core.timeframe import Timeframe


@dataclass(frozen=True, slots=True)
class Coverage:
    """Event times; see `feed_coverage`."""

    live_since_ms: int
    backfilled_from_ms: int
    """Everything from this bar on has been asked for; what is missing since then is a hole."""
    first_available_ms: int | None
    """Open of the exchange's first bar; None until known."""


@dataclass(frozen=True, slots=True)
class Survey:
    """How much of a series is stored; times are None where nothing is."""

    symbol: str
    timeframe: Timeframe
    coverage: Coverage
    stored: int
    first_ms: int | None
    last_ms: int | None
    stored_since_backfill: int
    """Of those that had closed by the time of the survey."""
    outages: int
    outage_ms: int


class CoverageStore:
    """Every method raises StoreUnavailableError."""

    def __init__(self, engine: Database) -> None:
        self._engine = engine

    async def begin(self, series: Series, now_ms: int) -> Coverage:
        """What is known; a series that was never watched is watched from now on."""
        opened_ms = series.timeframe.bar_open(now_ms)
        async with driver_connection(self._engine) as connection:
            row = await connection.fetchrow(_BEGIN, *series.key, now_ms, opened_ms)
        return Coverage(*row)

    async def set_first_available(self, series: Series, first_ms: int) -> None:
        await self._execute(_SET_FIRST_AVAILABLE, series, first_ms)

    async def set_backfilled_from(self, series: Series, from_ms: int) -> None:
        await self._execute(_SET_BACKFILLED_FROM, series, from_ms)

    async def holes(self, series: Series, within: TimeRange) -> tuple[TimeRange, ...]:
        """Whole bars that are neither stored nor a recorded outage."""
        async with pooled_connection(self._engine) as connection:
            return await candle_queries.holes(connection, series.symbol, series.timeframe, within)

    async def record_outages(
        self, series: Series, ranges: Iterable[TimeRange], now_ms: int
    ) -> None:
        """Remember what the exchange never had; ranges that touch become one."""
        async with driver_connection(self._engine) as connection, connection.transaction():
            for outage in ranges:
                bounds = (outage.start_ms, outage.end_ms)
                await connection.execute(_RECORD_OUTAGE, *series.key, *bounds, now_ms)

    async def survey(self, settled_ms: int) -> list[Survey]:
        """Count every series; bars that close after `settled_ms` are not missed yet."""
        opens = [timeframe.bar_open(settled_ms) for timeframe in Timeframe]
        async with driver_connection(self._engine) as connection:
            rows = await connection.fetch(_SURVEY, [t.value for t in Timeframe], opens)
        return [_survey(row) for row in rows]

    async def reached(self, series: Collection[Series]) -> dict[Series, int]:
        """Until when each is stored or a recorded outage; a series without either is left out."""
        symbols = [one.symbol.compact for one in series]
        timeframes = [one.timeframe.value for one in series]
        bars_ms = [one.bar_ms for one in series]
        async with driver_connection(self._engine) as connection:
            rows = await connection.fetch(_REACHED, symbols, timeframes, bars_ms)
        ends = zip(series, (row["reached_ms"] for row in rows), strict=True)
        return {one: end_ms for one, end_ms in ends if end_ms is not None}

    async def newest_outages(self, series: Series, count: int) -> tuple[TimeRange, ...]:
        """The newest first."""
        async with driver_connection(self._engine) as connection:
            rows = await connection.fetch(_NEWEST_OUTAGES, *series.key, count)
        return tuple(TimeRange(*row) for row in rows)

    async def _execute(self, statement: str, series: Series, value: int) -> None:
        async with driver_connection(self._engine) as connection:
            await connection.execute(statement, *series.key, value)


def _survey(row: Any) -> Survey:  # noqa: ANN401 - asyncpg ships no types
    symbol, timeframe, live_since_ms, backfilled_from_ms, first_available_ms, *counts = row
    coverage = Coverage(live_since_ms, backfilled_from_ms, first_available_ms)
    return Survey(symbol, Timeframe(timeframe), coverage, *counts)


_BEGIN: Final = """
    INSERT INTO feed_coverage AS known (symbol, timeframe, live_since_ms, backfilled_from_ms)
    VALUES ($1, $2::text::timeframe, $3, $4)
    ON CONFLICT (symbol, timeframe) DO UPDATE SET
        live_since_ms = coalesce(known.live_since_ms, excluded.live_since_ms),
        backfilled_from_ms = coalesce(known.backfilled_from_ms, excluded.backfilled_from_ms)
    RETURNING live_since_ms, backfilled_from_ms, first_available_ms
"""
_SET_FIRST_AVAILABLE: Final = """
    UPDATE feed_coverage SET first_available_ms = $3
    WHERE symbol = $1 AND timeframe = $2::text::timeframe
"""
_SET_BACKFILLED_FROM: Final = """
    UPDATE feed_coverage SET backfilled_from_ms = least(backfilled_from_ms, $3)
    WHERE symbol = $1 AND timeframe = $2::text::timeframe
"""
_RECORD_OUTAGE: Final = """
    WITH touching AS (
        DELETE FROM outages
        WHERE symbol = $1 AND timeframe = $2::text::timeframe AND start_ms <= $4 AND end_ms >= $3
        RETURNING start_ms, end_ms
    )
    INSERT INTO outages (symbol, timeframe, start_ms, end_ms, recorded_at_ms)
    SELECT $1, $2::text::timeframe, least($3, min(start_ms)), greatest($4, max(end_ms)), $5
    FROM touching
"""
_NEWEST_OUTAGES: Final = """
    SELECT start_ms, end_ms FROM outages
    WHERE symbol = $1 AND timeframe = $2::text::timeframe ORDER BY start_ms DESC LIMIT $3
"""
_REACHED: Final = """
    SELECT greatest(newest.timestamp + asked.bar_ms, gone.end_ms) AS reached_ms
    FROM unnest($1::text[], $2::text[], $3::bigint[]) WITH ORDINALITY
         AS asked (symbol, timeframe, bar_ms, number)
    LEFT JOIN LATERAL (
        SELECT bar.timestamp FROM ohlcv_data AS bar
        WHERE bar.symbol = asked.symbol AND bar.timeframe = asked.timeframe::timeframe
        ORDER BY bar.timestamp DESC LIMIT 1
    ) AS newest ON true
    LEFT JOIN LATERAL (
        SELECT max(outage.end_ms) AS end_ms FROM outages AS outage
        WHERE outage.symbol = asked.symbol AND outage.timeframe = asked.timeframe::timeframe
    ) AS gone ON true
    ORDER BY asked.number
"""
_SURVEY: Final = """
    SELECT known.symbol, known.timeframe::text, known.live_since_ms, known.backfilled_from_ms,
           known.first_available_ms, bars.stored, bars.first_ms, bars.last_ms, bars.since,
           gone.count, gone.duration_ms
    FROM feed_coverage AS known
    JOIN unnest($1::text[], $2::bigint[]) AS bound (timeframe, until_ms)
      ON bound.timeframe = known.timeframe::text
    CROSS JOIN LATERAL (
        SELECT count(*) AS stored, min(timestamp) AS first_ms, max(timestamp) AS last_ms,
               count(*) FILTER (
                   WHERE timestamp >= known.backfilled_from_ms AND timestamp < bound.until_ms
               ) AS since
        FROM ohlcv_data AS bar
        WHERE bar.symbol = known.symbol AND bar.timeframe = known.timeframe
    ) AS bars
    CROSS JOIN LATERAL (
        SELECT count(*) AS count, coalesce(sum(end_ms - start_ms), 0)::bigint AS duration_ms
        FROM outages
        WHERE outages.symbol = known.symbol AND outages.timeframe = known.timeframe
    ) AS gone
    WHERE known.live_since_ms IS NOT NULL AND known.backfilled_from_ms IS NOT NULL
"""
