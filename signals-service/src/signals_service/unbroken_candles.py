"""Closed candles to follow a position on: from a moment to the first hole."""

from dataclasses import dataclass
from typing import Final

from service_kit import candle_queries
from service_kit.candle_queries import Page
from service_kit.database import Database, pooled_connection
from service_kit.series import Series
from trading_core.candles import Candles
from trading_core.time_range import TimeRange

_END_OF_TIME_MS: Final = 2**62
_ALL: Final = 2**31


@dataclass(frozen=True, slots=True)
class UnbrokenCandles:
    """What is stored, and what is missing in it although the exchange has it."""

    candles: Candles
    holes: tuple[TimeRange, ...]

    def after(self, time_ms: int) -> Candles:
        """From there to the first hole."""
        hole_ms = next((h.start_ms for h in self.holes if h.end_ms > time_ms), _END_OF_TIME_MS)
        return self.candles.between(time_ms, max(time_ms, hole_ms))


async def unbroken_candles(
    database: Database, series: Series, since_ms: int, until_ms: int
) -> UnbrokenCandles:
    """Those that open in [since_ms, until_ms). Raises StoreUnavailableError."""
    key = (series.symbol, series.timeframe)
    if since_ms >= until_ms:
        return UnbrokenCandles(Candles.empty(*key), ())
    async with pooled_connection(database) as connection:
        # First what is missing: a hole that heals in between is then waited for once too often,
        # never stepped over.
        holes = await candle_queries.holes(connection, *key, TimeRange(since_ms, until_ms))
        candles = await candle_queries.candles(connection, *key, Page(_ALL, since_ms, until_ms))
    return UnbrokenCandles(candles, holes)
