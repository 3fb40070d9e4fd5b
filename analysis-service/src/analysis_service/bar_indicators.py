"""The indicators of one closed bar as they are stored, and what they say."""

from dataclasses import asdict
from typing import Any, Final

import orjson

from analysis_service.closed_bar import ClosedBars
from analysis_service.indicator_row import CONTRACT_NAMES, StoredIndicators, indicator_row
from analysis_service.indicators_store import IndicatorsStore
from service_kit import candle_queries
from service_kit.bar_cache import BarAnswer, BarCache, newest_bar
from service_kit.candle_queries import Page
from service_kit.clock import Clock
from service_kit.database import Database, pooled_connection
from service_kit.errors import CandlesMissingError, NotFoundError
from service_kit.series import Series
from trading_core.indicators.reading import IndicatorReading, read_indicators
from trading_core.time_range import TimeRange


class BarIndicators:
    """Every method raises CandlesMissingError, UnavailableError and StoreUnavailableError."""

    def __init__(
        self,
        database: Database,
        closed_bars: ClosedBars,
        store: IndicatorsStore,
        cache: BarCache,
        clock: Clock,
    ) -> None:
        self._database = database
        self._closed_bars = closed_bars
        self._store = store
        self._cache = cache
        self._clock = clock

    async def newest(self, series: Series) -> bytes:
        async def make(bar_open_ms: int) -> BarAnswer:
            return BarAnswer(await self._read(series, bar_open_ms))

        return await self._cache.get_or_make(series, "reading", make)

    async def at(self, series: Series, bar_open_ms: int) -> bytes:
        """Raises NotFoundError for a bar that has not closed."""
        if bar_open_ms > series.timeframe.last_closed_open(self._clock.now_ms()):
            raise NotFoundError(f"the bar that opens at {bar_open_ms} has not closed")
        return await self._read(series, bar_open_ms)

    async def calculate(self, series: Series) -> dict[str, Any]:  # Any: JSON
        """The newest bar's row, computed unless it is stored."""
        stored = await self._stored(series, await newest_bar(self._database, series))
        return indicator_row(series, stored)

    async def _read(self, series: Series, bar_open_ms: int) -> bytes:
        stored = await self._stored(series, bar_open_ms)
        reading = read_indicators(stored.snapshot, await self._close(series, bar_open_ms))
        symbol, timeframe = series.key
        answer = {"symbol": symbol, "timeframe": timeframe}
        row = indicator_row(series, stored)
        return orjson.dumps({**answer, "indicators": row, "analysis": _analysis(reading)})

    async def _stored(self, series: Series, bar_open_ms: int) -> StoredIndicators:
        stored = await self._store.at(series, bar_open_ms)
        if stored is None:
            _window, snapshot = await self._closed_bars.compute(series, bar_open_ms)
            stored = await self._store.keep(series, snapshot)
        return stored

    async def _close(self, series: Series, bar_open_ms: int) -> float:
        bar = TimeRange(bar_open_ms, bar_open_ms + series.bar_ms)
        async with pooled_connection(self._database) as connection:
            rows = await candle_queries.candle_rows(
                connection, series.symbol, series.timeframe, Page(1, bar.start_ms, bar.end_ms)
            )
        if not rows:
            raise CandlesMissingError(series.symbol, series.timeframe, (bar,))
        return rows[0][4]


_READING_NAMES: Final = {**CONTRACT_NAMES, "signal_line": "signalLine"}


def _analysis(reading: IndicatorReading) -> dict[str, Any]:  # Any: JSON
    parts = asdict(reading)
    signal, strength = parts.pop("signal"), parts.pop("strength")
    details = {
        name: {_READING_NAMES.get(key, key): value for key, value in part.items()}
        for name, part in parts.items()
    }
    return {"signal": signal, "strength": strength, "details": details}
