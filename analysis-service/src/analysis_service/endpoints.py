"""The routes: parse, call one function, answer."""

from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import APIRouter, Query, Response

from analysis_service.bar_indicators import BarIndicators
from analysis_service.closed_bar import ClosedBars
from analysis_service.indicator_history import IndicatorHistory
from analysis_service.schemas import BarIndicatorsAnswer, IndicatorPage, IndicatorRow
from service_kit.candle_queries import Page
from service_kit.envelope import Envelope, error_responses, success
from service_kit.query_parameters import (
    BarParameter,
    SymbolText,
    TimeframeParameter,
    TimestampParameter,
    check_order,
)
from service_kit.series import Series, watched_series
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

ERRORS: Final = error_responses(400, 404, 409, 503)

PageLimit = Annotated[int, Query(ge=1, le=5_000)]


@dataclass(frozen=True, slots=True)
class Analysis:
    """What the routes answer from."""

    symbols: tuple[Symbol, ...]
    closed_bars: ClosedBars
    bars: BarIndicators
    history: IndicatorHistory

    def series(self, symbol: str, timeframe: Timeframe) -> Series:
        """Raises NotFoundError for a market that is not watched."""
        return watched_series(self.symbols, symbol, timeframe)


def analysis_router(analysis: Analysis) -> APIRouter:
    """The public contract's routes."""
    router = APIRouter(prefix="/api/analysis", tags=["analysis"], responses=ERRORS)

    @router.get("/indicators", response_model=Envelope[BarIndicatorsAnswer])
    async def indicators(
        symbol: SymbolText = "ETHUSDT",
        timeframe: TimeframeParameter = Timeframe.H1,
        timestamp: TimestampParameter = None,
    ) -> Response:
        """Of the newest closed bar, or of the one that opens at `timestamp`."""
        series = analysis.series(symbol, timeframe)
        if timestamp is None:
            return success(await analysis.bars.newest(series))
        return success(await analysis.bars.at(series, series.checked_bar(timestamp)))

    @router.get("/history", response_model=Envelope[IndicatorPage])
    async def history(
        symbol: SymbolText = "ETHUSDT",
        timeframe: TimeframeParameter = Timeframe.H1,
        since: TimestampParameter = None,
        until: TimestampParameter = None,
        limit: PageLimit = 500,
    ) -> Response:
        """Ascending; `since` inclusive, `until` exclusive. With `since` the oldest from there."""
        check_order(since, until)
        series = analysis.series(symbol, timeframe)
        if since is None and until is None:
            return success(await analysis.history.newest(series, limit))
        return success(await analysis.history.page(series, Page(limit, since, until)))

    @router.post("/calculate", response_model=Envelope[IndicatorRow])
    async def calculate(
        symbol: SymbolText = "ETHUSDT", timeframe: TimeframeParameter = Timeframe.H1
    ) -> Response:
        """Of the newest closed bar; what is stored stays as it is."""
        series = analysis.series(symbol, timeframe)
        row = await analysis.bars.calculate(series)
        return success(row, message=f"Indicators of {series.symbol.slashed} {timeframe} calculated")

    return router


def operator_router(analysis: Analysis) -> APIRouter:
    """For signals-service; the gateway does not pass it on."""
    router = APIRouter(include_in_schema=False)

    @router.post("/closed-bar")
    async def closed_bar(
        symbol: SymbolText, timeframe: TimeframeParameter, bar_open_ms: BarParameter
    ) -> Response:
        series = analysis.series(symbol, timeframe)
        return success(await analysis.closed_bars.close(series, series.checked_bar(bar_open_ms)))

    return router
