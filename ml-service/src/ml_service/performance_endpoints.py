"""The routes of live performance: all there is of one series, and a little of each."""

from typing import Annotated

from fastapi import APIRouter, Query

from ml_service.endpoints import ERRORS
from ml_service.forecasts.performance import LivePerformances
from ml_service.forecasts.review_models import REVIEWED
from ml_service.models_status import StatusBoard
from ml_service.models_status_schemas import ModelsStatus
from ml_service.performance_schemas import PerformanceAnswer
from service_kit.query_parameters import SymbolText, TimeframeParameter
from trading_core.timeframe import Timeframe


def performance_router(performances: LivePerformances) -> APIRouter:
    router = APIRouter(tags=["ml"], responses=ERRORS)

    @router.get("/performance")
    async def performance(
        symbol: SymbolText = "ETH/USDT",
        timeframe: TimeframeParameter = Timeframe.H1,
        last: Annotated[
            int, Query(ge=1, le=10_000, description="scored forecasts, at most")
        ] = REVIEWED,
    ) -> PerformanceAnswer:
        """Of forecasts that were made before their outcome was known; never without a baseline."""
        return await performances.read(symbol, timeframe, last)

    return router


def status_router(board: StatusBoard) -> APIRouter:
    """For the platform's status; not behind the gateway."""
    router = APIRouter(tags=["operator"], responses=ERRORS)

    @router.get("/status")
    async def status() -> ModelsStatus:
        return board.read()

    return router
