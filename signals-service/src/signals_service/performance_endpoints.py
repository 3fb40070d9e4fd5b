"""The routes of the scorecard, and of the confidence that is fitted from the same outcomes."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Annotated, Any, Final, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic.alias_generators import to_camel

from service_kit.clock import Clock
from service_kit.envelope import Envelope, error_responses, success
from service_kit.errors import NotFoundError
from service_kit.query_parameters import SymbolText, TimeframeParameter, TimestampParameter
from service_kit.series import watched_series, watched_symbol
from signals_service.breakdown_schemas import BreakdownFigures
from signals_service.confidence_map_figures import ConfidenceMapFigures, confidence_map_figures
from signals_service.confidence_maps import ConfidenceMaps, RefittedMap
from signals_service.engine_store import EngineStore
from signals_service.performance import Performance
from signals_service.performance_breakdown import BreakdownQuestion, PerformanceBreakdown
from signals_service.performance_schemas import PerformanceFigures
from trading_core.decision.engine import Engine
from trading_core.signal_state import SignalOrigin
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

ERRORS: Final = error_responses(400, 404, 503)

OptionalSymbol = Annotated[
    SymbolText | None, Query(alias="symbol", description="every market that is watched without it")
]
OriginParameter = Annotated[
    Literal["live", "historical"], Query(description="rebuilt signals are never live ones")
]
EngineParameter = Annotated[
    str | None,
    Query(
        alias="engineVersion",
        pattern="^[0-9a-z]{1,64}$",
        description="without it every engine's live signals, or the current one's historical ones",
    ),
]
OptionalTimeframe = Annotated[Timeframe | None, Query(description="every timeframe without it")]


@dataclass(frozen=True, slots=True)
class Refitting:
    """What `POST /confidence-maps/refit` works with."""

    maps: ConfidenceMaps
    engines: EngineStore
    engine: Engine
    clock: Clock


def performance_router(
    performance: Performance, breakdown: PerformanceBreakdown, symbols: Sequence[Symbol]
) -> APIRouter:
    """The public contract's routes."""
    router = APIRouter(prefix="/api/signals", tags=["signals"], responses=ERRORS)

    @router.get("/performance", response_model=Envelope[PerformanceFigures])
    async def read_performance(
        symbol: OptionalSymbol = None,
        timeframe: OptionalTimeframe = None,
        since: TimestampParameter = None,
    ) -> Response:
        """Of signals whose candle opens at or after `since`; live and rebuilt ones never mixed."""
        wanted = None if symbol is None else watched_symbol(symbols, symbol)
        return success(await performance.read(wanted, timeframe, since))

    @router.get("/performance/breakdown", response_model=Envelope[BreakdownFigures])
    async def read_breakdown(
        symbol: SymbolText = "ETHUSDT",
        timeframe: TimeframeParameter = Timeframe.H1,
        since: TimestampParameter = None,
        origin: OriginParameter = "live",
        engine_version: EngineParameter = None,
    ) -> Response:
        """One series over time, by side, confidence, engine and timeframe, beside baselines."""
        question = BreakdownQuestion(
            series=watched_series(symbols, symbol, timeframe),
            origin=SignalOrigin(origin),
            since_ms=since,
            engine_version=engine_version,
        )
        return success(await breakdown.read(question))

    return router


def confidence_map_router(maps: ConfidenceMaps) -> APIRouter:
    """What a signal's `confidenceMapId` leads to."""
    router = APIRouter(prefix="/api/signals", tags=["signals"], responses=ERRORS)

    @router.get("/confidence-maps/{map_id}", response_model=Envelope[ConfidenceMapFigures])
    async def read_map(map_id: UUID) -> Response:
        """What a calibrated confidence rests on; a map never changes."""
        found = await maps.get(map_id)
        if found is None:
            raise NotFoundError(f"there is no confidence map {map_id}")
        return success(confidence_map_figures(found))

    return router


def refit_router(refitting: Refitting) -> APIRouter:
    """For the scheduler; the gateway does not pass it on."""
    router = APIRouter(include_in_schema=False)

    @router.post("/confidence-maps/refit")
    async def refit() -> Response:
        """New maps of every side and timeframe whose outcomes have changed."""
        await refitting.engines.keep(refitting.engine)
        fitted = await refitting.maps.refit_all(refitting.engine, refitting.clock.now_ms())
        return success([_camel(one) for one in fitted])

    return router


def _camel(fitted: RefittedMap) -> dict[str, Any]:  # Any: JSON
    return {to_camel(name): value for name, value in asdict(fitted).items()}
