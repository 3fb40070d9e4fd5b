"""Candles of a random walk, and a PostgreSQL that holds them as market-service would store them."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import asyncpg
import numpy as np

from service_kit.series import Series
from trading_core.candle_origin import CandleOrigin
from trading_core.candles import VALUES, Candles

COLUMNS = ("symbol", "timeframe", "timestamp", *VALUES, "origin", "seen_at_ms")
REVISE = """
    UPDATE ohlcv_data SET close = low, seen_at_ms = greatest($4, seen_at_ms + 1)
    WHERE symbol = $1 AND timeframe = $2::text::timeframe AND timestamp = $3
"""
RECORD_OUTAGE = """
    INSERT INTO outages VALUES ($1, $2::text::timeframe, $3, $4, $4)
"""
END_OUTAGES = "DELETE FROM outages WHERE symbol = $1 AND timeframe = $2::text::timeframe"
SET_FIRST = """
    INSERT INTO feed_coverage (symbol, timeframe, first_available_ms)
    VALUES ($1, $2::text::timeframe, $3)
    ON CONFLICT (symbol, timeframe) DO UPDATE SET first_available_ms = excluded.first_available_ms
"""


def random_walk(series: Series, first_open_ms: int, bars: int, seed: int = 7) -> Candles:
    """Prices of two decimals, volumes of four, as the exchange has them."""
    random = np.random.default_rng(seed)
    path = (2500 * np.exp(np.cumsum(random.normal(0, 1e-3, bars + 1)))).round(2)
    opens, closes = path[:-1], path[1:]
    reach = random.exponential(1.5, (2, bars)).round(2)
    columns = {
        "timestamp": first_open_ms + np.arange(bars) * series.bar_ms,
        "open": opens,
        "high": (np.maximum(opens, closes) + reach[0]).round(2),
        "low": (np.minimum(opens, closes) - reach[1]).round(2),
        "close": closes,
        "volume": random.gamma(2, 50, bars).round(4),
    }
    return Candles.from_columns(series.symbol, series.timeframe, columns)


def without_bars(candles: Candles, rows: slice | list[int]) -> Candles:
    kept = np.ones(len(candles), dtype=bool)
    kept[rows] = False
    values = {name: getattr(candles, name)[kept] for name in VALUES}
    columns = {"timestamp": candles.open_time_ms[kept], **values}
    return Candles.from_columns(candles.symbol, candles.timeframe, columns)


@dataclass(frozen=True, slots=True)
class CandleHistory:
    """What market-service does to its tables, for one series."""

    series: Series
    connection: Any  # Any: asyncpg ships no types

    async def store(
        self, candles: Candles, origin: CandleOrigin = CandleOrigin.BACKFILL, seen_at_ms: int = 0
    ) -> None:
        """Seen at their close, unless told otherwise."""
        rows = (
            (
                *self.series.key,
                *_exact(row),
                origin.value,
                seen_at_ms or int(row[0]) + self.series.bar_ms,
            )
            for row in candles.rows()
        )
        await self.connection.copy_records_to_table("ohlcv_data", records=rows, columns=COLUMNS)

    async def revise(self, open_ms: int, seen_at_ms: int) -> None:
        await self.connection.execute(REVISE, *self.series.key, open_ms, seen_at_ms)

    async def record_outage(self, start_ms: int, end_ms: int) -> None:
        await self.connection.execute(RECORD_OUTAGE, *self.series.key, start_ms, end_ms)

    async def end_outages(self) -> None:
        await self.connection.execute(END_OUTAGES, *self.series.key)

    async def set_first_available(self, open_ms: int) -> None:
        await self.connection.execute(SET_FIRST, *self.series.key, open_ms)

    async def fetch(self, query: str, *arguments: object) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in await self.connection.fetch(query, *arguments)]


async def connect(database_url: str) -> Any:  # noqa: ANN401 - asyncpg ships no types
    return await asyncpg.connect(database_url.replace("+asyncpg", ""))


@asynccontextmanager
async def candle_history(
    database_url: str, series: Series, first_open_ms: int
) -> AsyncIterator[CandleHistory]:
    """Of a series that the exchange has since its first bar, in a database of the test's own."""
    connection = await connect(database_url)
    history = CandleHistory(series, connection)
    await history.set_first_available(first_open_ms)
    yield history
    await connection.close()


def _exact(row: Iterable[float]) -> tuple[int | Decimal, ...]:
    open_ms, *figures = row
    return int(open_ms), *(Decimal(str(figure)) for figure in figures)
