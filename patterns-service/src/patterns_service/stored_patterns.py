"""Patterns as they are stored; bars that nobody has scanned yet are scanned first."""

from typing import Any, Final

import numpy as np
import orjson

from patterns_service.pattern_row import StoredPattern, detected_pattern, pattern_row
from patterns_service.patterns_metrics import PatternsMetrics
from patterns_service.patterns_store import PatternsStore
from patterns_service.scan_history import scan_history
from service_kit import candle_queries
from service_kit.bar_cache import BarAnswer, BarCache, newest_bar
from service_kit.bar_ranges import Opens, ranges_among, span_of
from service_kit.candle_queries import Page
from service_kit.candle_windows import CandleWindows
from service_kit.database import Database, pooled_connection
from service_kit.series import Series
from trading_core.patterns.anatomy import LONGEST_PATTERN
from trading_core.time_range import TimeRange

DETECTED_BARS: Final = LONGEST_PATTERN
"""A detection answers what was complete at one of so many newest bars."""
RECENT_BARS: Final = 1_000
"""So many newest bars are scanned before recent patterns are answered."""
MOST_BARS: Final = 5_000
"""Of a range that is asked for, so many are scanned: the newest."""


class StoredPatterns:
    """Every method raises StoreUnavailableError."""

    def __init__(
        self,
        database: Database,
        windows: CandleWindows,
        store: PatternsStore,
        cache: BarCache,
        metrics: PatternsMetrics,
    ) -> None:
        self._database = database
        self._windows = windows
        self._store = store
        self._cache = cache
        self._metrics = metrics

    async def detect(self, series: Series) -> dict[str, Any]:  # Any: JSON
        """What the newest bars show, newest first.

        Raises:
            CandlesMissingError: a candle of the newest bar's window is missing.
            UnavailableError: no candle is stored.

        """
        newest_ms = await newest_bar(self._database, series)
        await self._windows.at(series.symbol, series.timeframe, newest_ms)
        until_ms = newest_ms + series.bar_ms
        opens_ms = await self._opens(series, Page(DETECTED_BARS, until_ms=until_ms))
        await self._scan(series, opens_ms)
        found = await self._store.newest(series, int(opens_ms[0]), until_ms, MOST_BARS)
        symbol, timeframe = series.key
        patterns = [detected_pattern(one) for one in found]
        return {"symbol": symbol, "timeframe": timeframe, "patterns": patterns}

    async def newest(self, series: Series, limit: int) -> bytes:
        """Raises UnavailableError where no candle is stored."""

        async def make(bar_open_ms: int) -> BarAnswer:
            until_ms = bar_open_ms + series.bar_ms
            opens_ms = await self._opens(series, Page(RECENT_BARS, until_ms=until_ms))
            return await self._answer(series, opens_ms, TimeRange(0, until_ms), limit)

        return await self._cache.get_or_make(series, f"recent-{limit}", make)

    async def within(self, series: Series, asked: TimeRange, limit: int) -> bytes:
        """At bars that open in the range."""
        opens_ms = await self._opens(series, Page(MOST_BARS, until_ms=asked.end_ms))
        inside = opens_ms[opens_ms >= asked.start_ms]
        return (await self._answer(series, inside, asked, limit)).body

    async def _answer(
        self, series: Series, opens_ms: Opens, asked: TimeRange, limit: int
    ) -> BarAnswer:
        left_out = await self._scan(series, opens_ms)
        found = await self._store.newest(series, asked.start_ms, asked.end_ms, limit)
        missing = ranges_among(left_out, opens_ms, series.bar_ms)
        return BarAnswer(_recent_json(series, found, missing), is_final=not missing)

    async def _opens(self, series: Series, page: Page) -> Opens:
        async with pooled_connection(self._database) as connection:
            opens_ms = await candle_queries.open_times(
                connection, series.symbol, series.timeframe, page
            )
        return np.array(opens_ms, dtype=np.int64)

    async def _scan(self, series: Series, opens_ms: Opens) -> Opens:
        """Scan those of the bars that nobody has; returns those that could not be."""
        new = await self._unscanned(series, opens_ms)
        if len(new) == 0:
            return new
        scanned = await scan_history(self._windows, series, span_of(new, series.bar_ms))
        await self._store.save(series, scanned.scan)
        self._metrics.scanned.labels(series.timeframe).inc(scanned.bars)
        self._metrics.held_up.labels(series.timeframe).inc(scanned.left_out)
        return await self._unscanned(series, new) if scanned.left_out else new[:0]

    async def _unscanned(self, series: Series, opens_ms: Opens) -> Opens:
        if len(opens_ms) == 0:
            return opens_ms
        span = span_of(opens_ms, series.bar_ms)
        known = np.zeros(len(opens_ms), dtype=np.bool_)
        for part in await self._store.scanned(series, span):
            known |= (opens_ms >= part.start_ms) & (opens_ms < part.end_ms)
        return opens_ms[~known]


def _recent_json(
    series: Series, found: list[StoredPattern], missing: tuple[TimeRange, ...]
) -> bytes:
    symbol, timeframe = series.key
    answer = {
        "symbol": symbol,
        "timeframe": timeframe,
        "count": len(found),
        "patterns": [pattern_row(series, one) for one in found],
        "missing": [(one.start_ms, one.end_ms) for one in missing],
    }
    return orjson.dumps(answer)
