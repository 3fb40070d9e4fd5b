"""One statement, hence one moment, that says all there is to know of a stretch of candles."""

from dataclasses import dataclass
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray

from service_kit.database import Database, driver_connection
from service_kit.series import Series
from trading_core.candles import COLUMNS, Candles
from trading_core.time_range import TimeRange


@dataclass(frozen=True, slots=True, eq=False)
class SeenCandles:
    """Candles, and when (event time) each of these versions was first seen."""

    candles: Candles
    seen_at_ms: NDArray[np.int64]

    def between(self, since_ms: int, until_ms: int) -> Self:
        """Bars that open in [since_ms, until_ms), over the same memory."""
        first, last = np.searchsorted(self.candles.open_time_ms, (since_ms, until_ms))
        rows = slice(int(first), int(last))
        return type(self)(self.candles[rows], self.seen_at_ms[rows])

    def newest(self, bars: int) -> Self:
        """The last so many, in memory of their own."""
        if len(self.candles) <= bars:
            return self
        columns = {name: column[-bars:] for name, column in self._columns().items()}
        candles = Candles.from_columns(self.candles.symbol, self.candles.timeframe, columns)
        return type(self)(candles, self.seen_at_ms[-bars:].copy())

    def followed_by(self, later: Self) -> Self:
        """Raises InvalidCandlesError where the others do not come after these."""
        if len(later.candles) == 0:
            return self
        columns = (self._columns(), later._columns())
        joined = {name: np.concatenate([part[name] for part in columns]) for name in COLUMNS}
        candles = Candles.from_columns(self.candles.symbol, self.candles.timeframe, joined)
        return type(self)(candles, np.concatenate([self.seen_at_ms, later.seen_at_ms]))

    @property
    def versions(self) -> tuple[int, int]:
        """How many there are, and the sum of when they were seen: other versions, another pair.

        A candle is never removed, and whichever replaces another was seen later than it, so
        whatever changes makes one of the two larger.
        """
        return len(self.seen_at_ms), int(self.seen_at_ms.sum())

    def _columns(self) -> dict[str, NDArray[Any]]:
        candles = self.candles
        values = {name: getattr(candles, name) for name in COLUMNS[1:]}
        return {COLUMNS[0]: candles.open_time_ms, **values}


@dataclass(frozen=True, slots=True)
class StretchRead:
    first_available_ms: int
    """Open of the exchange's first bar; 0 while unknown. What opens before it was not read."""
    known_versions: tuple[int, int]
    """`SeenCandles.versions` of the candles that open before `fresh_from_ms`."""
    fresh: SeenCandles
    """The others."""
    outages: tuple[TimeRange, ...]
    """That overlap the stretch, uncut, ascending."""


async def read_stretch(
    database: Database, series: Series, stretch: TimeRange, fresh_from_ms: int
) -> StretchRead:
    """Candles from `fresh_from_ms` on; of those before it only which versions they are.

    Raises StoreUnavailableError.
    """
    bounds = (stretch.start_ms, fresh_from_ms, stretch.end_ms)
    async with driver_connection(database) as connection:
        row = await connection.fetchrow(_READ_STRETCH, *series.key, *bounds)
    first_ms, count, seen_sum, starts, ends, seen, *values = row
    columns = dict(zip(COLUMNS, (column or [] for column in values), strict=True))
    candles = Candles.from_columns(series.symbol, series.timeframe, columns)
    gone = zip(starts or (), ends or (), strict=True)
    return StretchRead(
        first_ms,
        (count, seen_sum),
        SeenCandles(candles, np.array(seen or [], dtype=np.int64)),
        tuple(TimeRange(start_ms, end_ms) for start_ms, end_ms in gone),
    )


_IN_SERIES: Final = "symbol = $1 AND timeframe = $2::text::timeframe"
_READ_STRETCH: Final = f"""
    SELECT first_ms, known.*, gone.*, fresh.*
    FROM (
        SELECT coalesce(max(first_available_ms), 0) AS first_ms
        FROM feed_coverage WHERE {_IN_SERIES}
    ) AS reach,
    LATERAL (
        SELECT count(*), coalesce(sum(seen_at_ms), 0)::bigint FROM ohlcv_data
        WHERE {_IN_SERIES} AND timestamp >= greatest($3, first_ms) AND timestamp < $4
    ) AS known,
    LATERAL (
        SELECT array_agg(start_ms ORDER BY start_ms), array_agg(end_ms ORDER BY start_ms)
        FROM outages WHERE {_IN_SERIES} AND end_ms > greatest($3, first_ms) AND start_ms < $5
    ) AS gone,
    LATERAL (
        SELECT array_agg(seen_at_ms), array_agg(timestamp), array_agg(open), array_agg(high),
            array_agg(low), array_agg(close), array_agg(volume)
        FROM (
            SELECT seen_at_ms, timestamp, open::float8, high::float8, low::float8, close::float8,
                volume::float8
            FROM ohlcv_data
            WHERE {_IN_SERIES} AND timestamp >= greatest($4, first_ms) AND timestamp < $5
            ORDER BY timestamp
        ) AS candles
    ) AS fresh
"""  # noqa: S608 - constants of this file
