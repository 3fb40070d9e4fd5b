"""The routes of models: what there is, what was measured of it, and which one serves."""

from typing import Annotated, Any, Final, Literal

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

PAGE_HEADERS: Final = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'"}
REPORT_FORMS: Final[dict[int | str, dict[str, Any]]] = {  # Any: FastAPI's own type
    200: {"content": {"text/html": {"schema": {"type": "string"}}}}
}
ModelId = Annotated[str, Path(max_length=120)]
ReportForm = Annotated[Literal["json", "html"] | None, Query(alias="format")]


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
        return await pages.listed(Symbol.parse(symbol) if symbol else None, timeframe, limit)

    @router.get("/models/{model_id}")
    async def model(model_id: ModelId) -> ModelSummary:
        return await pages.summary(model_id)

    @router.get("/models/{model_id}/report", response_model=ModelReport, responses=REPORT_FORMS)
    async def report(
        model_id: ModelId, request: Request, form: ReportForm = None
    ) -> ModelReport | Response:
        """All that was measured; `format=html`, or how browsers ask, gives a page for people."""
        if (form or _asked_form(request)) == "html":
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


def _asked_form(request: Request) -> str:
    """Whoever takes anything gets JSON."""
    return "html" if "text/html" in request.headers.get("accept", "") else "json"
