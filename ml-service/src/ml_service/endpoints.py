"""The routes: parse, call one function, answer."""

from typing import Any, Final

from fastapi import APIRouter
from pydantic import BaseModel

from ml_service.predict import Predictor
from ml_service.schemas import (
    FeaturesAnswer,
    HealthAnswer,
    ModelFacts,
    ModelInfoAnswer,
    PredictionAnswer,
    PredictionRequest,
)
from service_kit.clock import Clock


class Detail(BaseModel):
    detail: str


ERRORS: Final[dict[int | str, dict[str, Any]]] = {  # Any: FastAPI's own type
    status: {"model": Detail} for status in (400, 404, 409, 503)
}
NO_MODEL: Final = ModelFacts(
    loaded=False, symbol=None, timeframe=None, accuracy=None, trained_at=None, feature_count=None
)


def ml_router(predictor: Predictor, clock: Clock) -> APIRouter:
    """The public contract's routes."""
    router = APIRouter(tags=["ml"], responses=ERRORS)

    @router.get("/")
    async def root() -> HealthAnswer:
        return HealthAnswer(timestamp=clock.now_ms(), model_loaded=NO_MODEL.loaded)

    @router.get("/health")
    async def health() -> HealthAnswer:
        return await root()

    @router.get("/model/info")
    async def model_info() -> ModelInfoAnswer:
        return ModelInfoAnswer(data=NO_MODEL)

    @router.post("/predict")
    async def predict(request: PredictionRequest) -> PredictionAnswer:
        """Until a model with skill exists it abstains, and says so."""
        return await predictor.predict(request)

    @router.post("/features/engineer")
    async def engineer_features(request: PredictionRequest) -> FeaturesAnswer:
        """The 16 features of the given indicators, or of a closed bar."""
        return FeaturesAnswer(features=await predictor.features(request))

    return router
