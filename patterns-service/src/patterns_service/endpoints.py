"""The routes: parse, call one function, answer."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Response

from patterns_service.closed_bar import ClosedBars
from service_kit.envelope import success
from service_kit.query_parameters import BarParameter, SymbolText, TimeframeParameter
from service_kit.series import Series, watched_series
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

MemoryBars = Annotated[int, Query(ge=1, le=100, description="how many bars to look back over")]


@dataclass(frozen=True, slots=True)
class Patterns:
    """What the routes answer from."""

    symbols: tuple[Symbol, ...]
    closed_bars: ClosedBars

    def series(self, symbol: str, timeframe: Timeframe) -> Series:
        """Raises NotFoundError for a market that is not watched."""
        return watched_series(self.symbols, symbol, timeframe)


def operator_router(patterns: Patterns) -> APIRouter:
    """For signals-service; the gateway does not pass it on."""
    router = APIRouter(include_in_schema=False)

    @router.post("/closed-bar")
    async def closed_bar(
        symbol: SymbolText,
        timeframe: TimeframeParameter,
        bar_open_ms: BarParameter,
        bars: MemoryBars = 12,
    ) -> Response:
        series = patterns.series(symbol, timeframe)
        bar_open_ms = series.checked_bar(bar_open_ms)
        return success(await patterns.closed_bars.close(series, bar_open_ms, bars))

    return router
