"""The candles that a value is computed from, whole or not at all; for every service that computes.

The window rule says which (`Timeframe.window_start`). A hole in them is an error that names it:
nothing is computed across one. What the exchange never had is an outage, and no hole.
"""

from dataclasses import dataclass
from typing import Final

from service_kit import candle_queries
from service_kit.candle_queries import Page
from service_kit.database import Database, pooled_connection
from service_kit.errors import CandlesMissingError
from trading_core.candles import Candles
from trading_core.symbol import Symbol
from trading_core.time_range import TimeRange
from trading_core.timeframe import Timeframe

ALL: Final = 10_000_000
"""More bars than a window or a history ever holds."""


@dataclass(frozen=True, slots=True)
class CandleWindow:
    candles: Candles
    first_available_ms: int
    """Open of the exchange's first bar; 0 while unknown."""
    as_of_ms: int
    """When the newest of these versions was first seen: reading as of then gives them again."""
    outages: tuple[TimeRange, ...]
    """Inside the window, uncut."""

    def fingerprint(self) -> dict[str, int | str]:
        """Which candles these are, in which versions: `fromMs`, `untilMs`, `hash`."""
        candles = self.candles
        span = {"fromMs": candles.first_open_ms, "untilMs": candles.closed_until_ms}
        return {**span, "hash": candles.content_hash()}


class CandleWindows:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def at(self, symbol: Symbol, timeframe: Timeframe, bar_open_ms: int) -> CandleWindow:
        """The window of one bar, which is its last candle.

        Raises:
            CandlesMissingError: a candle of the window is neither stored nor a recorded outage,
                or the bar itself is not stored.
            StoreUnavailableError: the database is away.

        """
        bar = TimeRange(bar_open_ms, bar_open_ms + timeframe.duration_ms)
        window = await self.over(symbol, timeframe, bar.start_ms, bar.end_ms)
        if len(window.candles) == 0 or window.candles.last_open_ms != bar_open_ms:
            raise CandlesMissingError(symbol, timeframe, (bar,))
        return window

    async def over(
        self, symbol: Symbol, timeframe: Timeframe, since_ms: int, until_ms: int
    ) -> CandleWindow:
        """The bars that open in [since_ms, until_ms), and before them the window of the first.

        Raises as `at` does.
        """
        async with pooled_connection(self._database) as connection:
            first_ms = await candle_queries.first_available(connection, symbol, timeframe)
            start_ms = timeframe.window_start(since_ms, first_ms or 0)
            wanted = TimeRange(min(start_ms, since_ms), until_ms)
            missing = await candle_queries.holes(connection, symbol, timeframe, wanted)
            if missing:
                raise CandlesMissingError(symbol, timeframe, missing)
            page = Page(ALL, wanted.start_ms, wanted.end_ms)
            candles, as_of_ms = await candle_queries.seen_candles(
                connection, symbol, timeframe, page
            )
            gone = await candle_queries.outages(connection, symbol, timeframe, wanted)
        return CandleWindow(candles, first_ms or 0, as_of_ms, gone)
