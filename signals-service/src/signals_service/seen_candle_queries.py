"""Closed candles in the versions that somebody saw at a time."""

from typing import Final

from service_kit.database import Database, driver_connection
from service_kit.series import Series
from trading_core.candles import Candles
from trading_core.time_range import TimeRange


async def candles_as_seen(
    database: Database, series: Series, within: TimeRange, as_of_ms: int
) -> Candles:
    """Those that open in the range, as they stood then, whatever the exchange has revised since.

    Raises StoreUnavailableError.
    """
    values = (*series.key, within.start_ms, within.end_ms, as_of_ms)
    async with driver_connection(database) as connection:
        rows = await connection.fetch(_AS_SEEN, *values)
    return Candles.from_rows(series.symbol, series.timeframe, [tuple(row) for row in rows])


_COLUMNS: Final = """
    timestamp, open::float8, high::float8, low::float8, close::float8, volume::float8
"""
_IN_RANGE: Final = """
    symbol = $1 AND timeframe = $2::text::timeframe AND timestamp >= $3 AND timestamp < $4
"""
_AS_SEEN: Final = f"""
    SELECT {_COLUMNS} FROM ohlcv_data WHERE {_IN_RANGE} AND seen_at_ms <= $5
    UNION ALL
    SELECT {_COLUMNS} FROM ohlcv_revisions
    WHERE {_IN_RANGE} AND seen_at_ms <= $5 AND replaced_at_ms > $5
    ORDER BY timestamp
"""  # noqa: S608 - constants of this file
