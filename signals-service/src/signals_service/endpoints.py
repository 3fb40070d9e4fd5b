"""The routes: parse, call one function, answer."""

from dataclasses import dataclass
from typing import Annotated, Final
from uuid import UUID

import orjson
from fastapi import APIRouter, Query, Response

from service_kit.envelope import Envelope, error_responses, success
from service_kit.query_parameters import SymbolText, TimeframeParameter
from service_kit.series import Series, watched_series
from signals_service.generate_signal import SignalGenerator
from signals_service.history_cursor import HistoryCursor
from signals_service.latest_signal import LatestSignals
from signals_service.schemas import GenerateRequest, History, ReplayAnswer, Signal, SignalDetails
from signals_service.signal_pages import SignalPages
from signals_service.signal_queries import HistoryPage
from signals_service.signals_status import StatusBoard
from trading_core.decision.sides import SignalType
from trading_core.signal_state import SignalOrigin, SignalStatus
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

ERRORS: Final = error_responses(400, 404, 409, 503)

HistoryLimit = Annotated[int, Query(ge=1, le=500)]
CursorText = Annotated[
    str | None, Query(max_length=200, description="`nextCursor` of the page before")
]
TypeParameter = Annotated[SignalType | None, Query(alias="signalType")]


@dataclass(frozen=True, slots=True)
class Signals:
    """What the routes answer from."""

    symbols: tuple[Symbol, ...]
    generator: SignalGenerator
    latest: LatestSignals
    pages: SignalPages
    status: StatusBoard

    def series(self, symbol: str, timeframe: Timeframe) -> Series:
        """Raises NotFoundError for a market that is not watched."""
        return watched_series(self.symbols, symbol, timeframe)


def signals_router(signals: Signals) -> APIRouter:
    """The public contract's routes."""
    router = APIRouter(prefix="/api/signals", tags=["signals"], responses=ERRORS)

    @router.post("/generate", response_model=Envelope[Signal])
    async def generate(request: GenerateRequest) -> Response:
        """The newest closed candle's decision: stored, or made now; `origin` says what it is."""
        series = signals.series(request.symbol, request.timeframe)
        return success(await signals.generator.generate(series))

    @router.get("/latest", response_model=Envelope[Signal | None])
    async def latest(
        symbol: SymbolText = "ETHUSDT", timeframe: TimeframeParameter = Timeframe.H1
    ) -> Response:
        """The newest active signal, a HOLD included."""
        return success(await signals.latest.read(signals.series(symbol, timeframe)))

    @router.get("/history", response_model=Envelope[History])
    async def history(
        symbol: SymbolText = "ETHUSDT",
        timeframe: TimeframeParameter = Timeframe.H1,
        limit: HistoryLimit = 50,
        cursor: CursorText = None,
        status: SignalStatus | None = None,
        signal_type: TypeParameter = None,
        origin: SignalOrigin | None = None,
    ) -> Response:
        """Newest first; each row's `origin` says whether it was made live, late or by a rebuild."""
        page = HistoryPage(
            limit=limit,
            after=None if cursor is None else HistoryCursor.decode(cursor),
            status=status,
            signal_type=signal_type,
            origin=origin,
        )
        return success(await signals.pages.history(signals.series(symbol, timeframe), page))

    return router


def single_signal_router(signals: Signals) -> APIRouter:
    """Routes by id; to be added last, since an id stands where other routes have their names."""
    router = APIRouter(prefix="/api/signals", tags=["signals"], responses=ERRORS)

    @router.get("/{signal_id}", response_model=Envelope[SignalDetails])
    async def details(signal_id: UUID) -> Response:
        """One signal as it was decided, with all that has happened to it."""
        return success(await signals.pages.details(signal_id))

    @router.post("/{signal_id}/replay", response_model=Envelope[ReplayAnswer])
    async def replay(signal_id: UUID) -> Response:
        """Decide it again from its stored inputs and compare every bit."""
        return success(await signals.pages.replay(signal_id))

    return router


def operator_router(signals: Signals) -> APIRouter:
    """For `eth status`; the gateway does not pass it on."""
    router = APIRouter(include_in_schema=False)

    @router.get("/status")
    async def status() -> Response:
        body = orjson.dumps(await signals.status.read())
        return Response(body, media_type="application/json")

    return router
