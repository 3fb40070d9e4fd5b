"""The routes: parse, call one function, answer."""

from typing import Any, Final

from fastapi import APIRouter
from pydantic import BaseModel

from ml_service.model_pages import ModelPages
from ml_service.predict import Predictor
from ml_service.schemas import (
    FeaturesAnswer,
    HealthAnswer,
    ModelInfoAnswer,
    PredictionAnswer,
    PredictionRequest,
    SymbolName,
)
from service_kit.clock import Clock
from trading_core.timeframe import Timeframe


class Detail(BaseModel):
    detail: str


ERRORS: Final[dict[int | str, dict[str, Any]]] = {  # Any: FastAPI's own type
    status: {"model": Detail} for status in (400, 404, 409, 503)
}


def ml_router(predictor: Predictor, pages: ModelPages, clock: Clock) -> APIRouter:
    """The public contract's routes."""
    router = APIRouter(tags=["ml"], responses=ERRORS)

    @router.get("/")
    async def root() -> HealthAnswer:
        return HealthAnswer(timestamp=clock.now_ms(), model_loaded=pages.is_any_loaded())

    @router.get("/health")
    async def health() -> HealthAnswer:
        return await root()

    @router.get("/model/info")
    async def model_info(
        symbol: SymbolName | None = None, timeframe: Timeframe = Timeframe.H1
    ) -> ModelInfoAnswer:
        """Of the model that predicts from stored candles; the first symbol's unless told else."""
        return ModelInfoAnswer(data=pages.facts(symbol, timeframe))

    @router.post("/predict")
    async def predict(request: PredictionRequest) -> PredictionAnswer:
        """Without a model that has skill it abstains, and says so."""
        return await predictor.predict(request)

    @router.post("/features/engineer")
    async def engineer_features(request: PredictionRequest) -> FeaturesAnswer:
        """The 16 features of the given indicators, or of a closed bar."""
        return FeaturesAnswer(features=await predictor.features(request))

    return router
