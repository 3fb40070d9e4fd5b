"""Indicators over history as columns for a chart; what is not stored yet is computed and stored."""

from dataclasses import dataclass

import numpy as np
import orjson

from analysis_service.analysis_metrics import AnalysisMetrics
from analysis_service.compute_history import compute_history
from analysis_service.indicator_row import CONTRACT_NAMES
from analysis_service.indicators_store import IndicatorsStore
from service_kit import candle_queries
from service_kit.bar_cache import BarAnswer, BarCache
from service_kit.bar_ranges import Opens, ranges_among, span_of
from service_kit.candle_queries import Page
from service_kit.candle_windows import CandleWindows
from service_kit.database import Database, pooled_connection
from service_kit.series import Series
from trading_core.indicators.values import IndicatorSeries
from trading_core.time_range import TimeRange


@dataclass(frozen=True, slots=True)
class _PageBars:
    opens_ms: Opens
    closed_until: int | None
    """Close of the newest stored candle, on the page or not."""


class IndicatorHistory:
    """Every method raises StoreUnavailableError."""

    def __init__(
        self,
        database: Database,
        windows: CandleWindows,
        store: IndicatorsStore,
        cache: BarCache,
        metrics: AnalysisMetrics,
    ) -> None:
        self._database = database
        self._windows = windows
        self._store = store
        self._cache = cache
        self._metrics = metrics

    async def newest(self, series: Series, limit: int) -> bytes:
        """Raises UnavailableError where no candle is stored."""

        async def make(_bar_open_ms: int) -> BarAnswer:
            return await self._answer(series, Page(limit))

        return await self._cache.get_or_make(series, f"history-{limit}", make)

    async def page(self, series: Series, page: Page) -> bytes:
        return (await self._answer(series, page)).body

    async def _answer(self, series: Series, page: Page) -> BarAnswer:
        bars = await self._bars(series, page)
        stored = await self._stored(series, bars)
        left_out = np.setdiff1d(bars.opens_ms, stored.open_time_ms)
        missing = ranges_among(left_out, bars.opens_ms, series.bar_ms)
        return BarAnswer(_page_json(series, bars, stored, missing), is_final=not missing)

    async def _bars(self, series: Series, page: Page) -> _PageBars:
        async with pooled_connection(self._database) as connection:
            key = (connection, series.symbol, series.timeframe)
            closed_until = await candle_queries.closed_until(*key)
            opens_ms = await candle_queries.open_times(*key, page)
        return _PageBars(np.array(opens_ms, dtype=np.int64), closed_until)

    async def _stored(self, series: Series, bars: _PageBars) -> IndicatorSeries:
        """As far as they can be had; those not stored are computed first."""
        if len(bars.opens_ms) == 0:
            return IndicatorSeries.of([])
        span = span_of(bars.opens_ms, series.bar_ms)
        stored = await self._store.columns(series, span)
        new = np.setdiff1d(bars.opens_ms, stored.open_time_ms)
        if len(new) and await self._compute(series, span_of(new, series.bar_ms)):
            stored = await self._store.columns(series, span)
        return stored

    async def _compute(self, series: Series, span: TimeRange) -> bool:
        """Whether any bar of the span could be, and is stored now, by whomever."""
        computed = await compute_history(self._windows, series, span)
        self._metrics.computed.labels(series.timeframe).inc(len(computed.indicators))
        self._metrics.held_up.labels(series.timeframe).inc(computed.left_out)
        await self._store.save(series, computed.indicators)
        return len(computed.indicators) > 0


def _page_json(
    series: Series, bars: _PageBars, stored: IndicatorSeries, missing: tuple[TimeRange, ...]
) -> bytes:
    symbol, timeframe = series.key
    answer = {
        "symbol": symbol,
        "timeframe": timeframe,
        "closedUntil": bars.closed_until,
        "timestamps": stored.open_time_ms,
        "indicators": {name: getattr(stored, key) for key, name in CONTRACT_NAMES.items()},
        "missing": [(one.start_ms, one.end_ms) for one in missing],
    }
    return orjson.dumps(answer, option=orjson.OPT_SERIALIZE_NUMPY)
