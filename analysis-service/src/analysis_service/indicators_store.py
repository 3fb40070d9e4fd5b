"""The only place that writes `indicators`: the first write of a bar stays.

What was shown is never repainted, so a bar computed again, by whomever, changes nothing.
"""

from collections.abc import Callable
from typing import Any, Final

import numpy as np

from analysis_service.indicator_row import StoredIndicators
from service_kit.database import Database, driver_connection
from service_kit.room_event_store import RoomMessage, append_room_events
from service_kit.series import Series
from trading_core.indicators.values import INDICATORS, IndicatorSeries, IndicatorSnapshot
from trading_core.time_range import TimeRange

COPY_FROM_ROWS: Final = 100
"""Fewer travel as arrays in the statement itself; COPY pays from here on."""

Announcement = Callable[[StoredIndicators], RoomMessage]
_Record = tuple[Any, ...]  # Any: one row in the order of _COLUMNS


class IndicatorsStore:
    """Every method raises StoreUnavailableError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def save_closed_bar(
        self, series: Series, snapshot: IndicatorSnapshot, announcement: Announcement
    ) -> bool:
        """Store one bar and, if its candle was seen live, tell its room, together and once.

        Returns whether the room was told just now.
        """
        values = [getattr(snapshot, name) for name in INDICATORS]
        async with driver_connection(self._database) as connection, connection.transaction():
            row = await connection.fetchrow(
                _SAVE_CLOSED_BAR, *series.key, snapshot.opened_at_ms, *values
            )
            is_news = row is not None and row["announced"]
            if is_news:
                await append_room_events(connection, [announcement(_stored(row))])
        return is_news

    async def save(self, series: Series, computed: IndicatorSeries) -> int:
        """Store what is not stored yet, in one transaction; returns how many bars that were."""
        if len(computed) == 0:
            return 0
        async with driver_connection(self._database) as connection, connection.transaction():
            return await _insert(connection, series, computed)

    async def keep(self, series: Series, snapshot: IndicatorSnapshot) -> StoredIndicators:
        """Store one bar unless it is stored; what is stored then."""
        async with driver_connection(self._database) as connection, connection.transaction():
            await _insert(connection, series, IndicatorSeries.of([snapshot]))
            row = await connection.fetchrow(_AT, *series.key, snapshot.opened_at_ms)
        return _stored(row)

    async def at(self, series: Series, bar_open_ms: int) -> StoredIndicators | None:
        async with driver_connection(self._database) as connection:
            row = await connection.fetchrow(_AT, *series.key, bar_open_ms)
        return None if row is None else _stored(row)

    async def columns(self, series: Series, span: TimeRange) -> IndicatorSeries:
        """Of bars that open in the span, ascending."""
        bounds = (span.start_ms, span.end_ms)
        async with driver_connection(self._database) as connection:
            row = await connection.fetchrow(_COLUMNS_BETWEEN, *series.key, *bounds)
        times, *values = (column or [] for column in row)
        arrays = (np.array(column, dtype=np.float64) for column in values)
        return IndicatorSeries(
            open_time_ms=np.array(times, dtype=np.int64),
            **dict(zip(INDICATORS, arrays, strict=True)),
        )


async def _insert(connection: Any, series: Series, computed: IndicatorSeries) -> int:  # noqa: ANN401 - asyncpg
    columns = [computed.open_time_ms.tolist(), *(_nullable(computed, name) for name in INDICATORS)]
    if len(computed) < COPY_FROM_ROWS:
        status = await connection.execute(_INSERT_ARRAYS, *series.key, *columns)
    else:
        await connection.execute(_CREATE_INCOMING)
        await connection.copy_records_to_table(
            "incoming_indicators", records=zip(*columns, strict=True), columns=_COLUMNS
        )
        status = await connection.execute(_INSERT_COPIED, *series.key)
    return int(status.split()[-1])


def _nullable(computed: IndicatorSeries, name: str) -> list[float | None]:
    values = getattr(computed, name)
    nullable = values.astype(object)
    nullable[np.isnan(values)] = None
    return list(nullable)


def _stored(row: Any) -> StoredIndicators:  # noqa: ANN401 - asyncpg ships no types
    values = {name: row[name] for name in INDICATORS}
    snapshot = IndicatorSnapshot(opened_at_ms=row["timestamp"], **values)
    return StoredIndicators(snapshot, row["created_at_ms"])


_COLUMNS: Final = ("timestamp", *INDICATORS)
_LIST: Final = ", ".join(_COLUMNS)
_READ: Final = f"{_LIST}, (extract(epoch FROM created_at) * 1000)::bigint AS created_at_ms"
_KEY: Final = "symbol = $1 AND timeframe = $2::text::timeframe"
_PLACES: Final = ", ".join(f"${4 + i}::double precision" for i in range(len(INDICATORS)))
_SAVE_CLOSED_BAR: Final = f"""
    INSERT INTO indicators AS kept (symbol, timeframe, {_LIST}, announced)
    SELECT $1, $2::text::timeframe, $3, {_PLACES}, EXISTS (
        SELECT FROM ohlcv_data WHERE {_KEY} AND timestamp = $3 AND origin = 'live'
    )
    ON CONFLICT (symbol, timeframe, timestamp) DO UPDATE SET announced = true
    WHERE excluded.announced AND NOT kept.announced
    RETURNING announced, {_READ}
"""  # noqa: S608 - constants of this file
_ARRAYS: Final = ", ".join(f"${4 + i}::double precision[]" for i in range(len(INDICATORS)))
_INSERT: Final = f"""
    INSERT INTO indicators (symbol, timeframe, {_LIST})
    SELECT $1, $2::text::timeframe, {_LIST} FROM {{source}} ORDER BY timestamp
    ON CONFLICT (symbol, timeframe, timestamp) DO NOTHING
"""  # noqa: S608 - constants of this file
_INSERT_ARRAYS: Final = _INSERT.format(
    source=f"unnest($3::bigint[], {_ARRAYS}) AS incoming_indicators ({_LIST})"
)
_INSERT_COPIED: Final = _INSERT.format(source="incoming_indicators")
_CREATE_INCOMING: Final = f"""
    CREATE TEMPORARY TABLE IF NOT EXISTS incoming_indicators (
        timestamp bigint, {", ".join(f"{name} double precision" for name in INDICATORS)}
    ) ON COMMIT DELETE ROWS
"""
_AT: Final = f"SELECT {_READ} FROM indicators WHERE {_KEY} AND timestamp = $3"  # noqa: S608 - constants of this file
_COLUMNS_BETWEEN: Final = f"""
    SELECT {", ".join(f"array_agg({name})" for name in _COLUMNS)}
    FROM (
        SELECT * FROM indicators WHERE {_KEY} AND timestamp >= $3 AND timestamp < $4
        ORDER BY timestamp
    ) AS bars
"""  # noqa: S608 - constants of this file
