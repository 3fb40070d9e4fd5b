"""The routes: parse, call one function, answer."""

from dataclasses import dataclass

from fastapi import APIRouter, Response

from analysis_service.closed_bar import ClosedBars
from service_kit.envelope import success
from service_kit.query_parameters import BarParameter, SymbolText, TimeframeParameter
from service_kit.series import Series, watched_series
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe


@dataclass(frozen=True, slots=True)
class Analysis:
    """What the routes answer from."""

    symbols: tuple[Symbol, ...]
    closed_bars: ClosedBars

    def series(self, symbol: str, timeframe: Timeframe) -> Series:
        """Raises NotFoundError for a market that is not watched."""
        return watched_series(self.symbols, symbol, timeframe)


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
