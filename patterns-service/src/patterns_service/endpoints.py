"""The routes: parse, call one function, answer."""

from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import APIRouter, Query, Response

from patterns_service.closed_bar import ClosedBars
from patterns_service.schemas import Detection, RecentPatterns
from patterns_service.stored_patterns import StoredPatterns
from service_kit.envelope import Envelope, error_responses, success
from service_kit.query_parameters import (
    LARGEST_TIMESTAMP_MS,
    BarParameter,
    SymbolText,
    TimeframeParameter,
    TimestampParameter,
    check_order,
)
from service_kit.series import Series, watched_series
from trading_core.symbol import Symbol
from trading_core.time_range import TimeRange
from trading_core.timeframe import Timeframe

ERRORS: Final = error_responses(400, 404, 409, 503)

PatternLimit = Annotated[int, Query(ge=1, le=5_000)]
MemoryBars = Annotated[int, Query(ge=1, le=100, description="how many bars to look back over")]


@dataclass(frozen=True, slots=True)
class Patterns:
    """What the routes answer from."""

    symbols: tuple[Symbol, ...]
    closed_bars: ClosedBars
    stored: StoredPatterns

    def series(self, symbol: str, timeframe: Timeframe) -> Series:
        """Raises NotFoundError for a market that is not watched."""
        return watched_series(self.symbols, symbol, timeframe)


def patterns_router(patterns: Patterns) -> APIRouter:
    """The public contract's routes."""
    router = APIRouter(prefix="/api/patterns", tags=["patterns"], responses=ERRORS)

    @router.post("/detect", response_model=Envelope[Detection])
    async def detect(
        symbol: SymbolText = "ETHUSDT", timeframe: TimeframeParameter = Timeframe.H1
    ) -> Response:
        """Patterns that were complete at one of the three newest closed bars, newest first."""
        return success(await patterns.stored.detect(patterns.series(symbol, timeframe)))

    @router.get("/recent", response_model=Envelope[RecentPatterns])
    async def recent(
        symbol: SymbolText = "ETHUSDT",
        timeframe: TimeframeParameter = Timeframe.H1,
        limit: PatternLimit = 10,
        since: TimestampParameter = None,
        until: TimestampParameter = None,
    ) -> Response:
        """Newest first; `since` inclusive, `until` exclusive.

        The newest 1,000 bars, or the newest 5,000 of a range, are scanned unless they have been;
        older bars show what was found at them before.
        """
        series = patterns.series(symbol, timeframe)
        if since is None and until is None:
            return success(await patterns.stored.newest(series, limit))
        asked = _range(since or 0, LARGEST_TIMESTAMP_MS if until is None else until)
        return success(await patterns.stored.within(series, asked, limit))

    return router


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


def _range(since_ms: int, until_ms: int) -> TimeRange:
    check_order(since_ms, until_ms)
    return TimeRange(since_ms, until_ms)
