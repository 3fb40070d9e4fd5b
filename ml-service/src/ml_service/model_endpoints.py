"""The routes of models: what there is, what was measured of it, and which one serves."""

from typing import Annotated, Final, Literal

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import HTMLResponse

from ml_service.endpoints import ERRORS
from ml_service.model_pages import ModelPages
from ml_service.model_schemas import (
    ModelList,
    ModelReport,
    ModelSummary,
    PromotionAnswer,
    PromotionRequest,
    RollbackRequest,
)
from ml_service.schemas import SymbolName
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

PAGE_HEADERS: Final = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
    "Vary": "Accept",
}
ModelId = Annotated[str, Path(max_length=120)]


def model_router(pages: ModelPages) -> APIRouter:
    """What anybody may read."""
    router = APIRouter(tags=["ml"], responses=ERRORS)

    @router.get("/models")
    async def models(
        symbol: SymbolName | None = None,
        timeframe: Timeframe | None = None,
        limit: Annotated[int, Query(ge=1, le=1_000)] = 100,
    ) -> ModelList:
        """Newest first; those without skill too."""
        return await pages.listed(symbol and Symbol.parse(symbol), timeframe, limit)

    @router.get("/models/{model_id}")
    async def model(model_id: ModelId) -> ModelSummary:
        return await pages.summary(model_id)

    @router.get("/models/{model_id}/report", response_model=ModelReport)
    async def report(
        model_id: ModelId, request: Request, format: Literal["json", "html"] | None = None
    ) -> ModelReport | Response:
        """All that was measured; as a page for people with `format=html` or where it is asked for."""
        wants_page = format == "html" or (format is None and _prefers_page(request))
        if wants_page:
            return HTMLResponse(await pages.page(model_id), headers=PAGE_HEADERS)
        return await pages.report(model_id)

    return router


def operator_router(pages: ModelPages) -> APIRouter:
    """What changes which model serves; not behind the gateway."""
    router = APIRouter(tags=["operator"], responses=ERRORS)

    @router.post("/models/rollback")
    async def rollback(request: RollbackRequest) -> PromotionAnswer:
        """The model that served before serves again."""
        return await pages.rollback(request.symbol, request.timeframe, request.role)

    @router.post("/models/{model_id}/promote")
    async def promote(
        model_id: ModelId, request: PromotionRequest | None = None
    ) -> PromotionAnswer:
        """A model without skill is refused."""
        return await pages.promote(model_id, (request or PromotionRequest()).role)

    return router


def _prefers_page(request: Request) -> bool:
    """As browsers ask; whoever takes anything gets JSON."""
    return "text/html" in request.headers.get("accept", "")
