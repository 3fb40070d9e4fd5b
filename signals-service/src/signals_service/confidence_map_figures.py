"""A confidence map as it is published: what a calibrated signal's confidence rests on."""

from uuid import UUID

from pydantic import Field

from signals_service.performance_schemas import Figures
from trading_core.decision.confidence import ConfidenceMap
from trading_core.decision.sides import Side
from trading_core.timeframe import Timeframe


class MapPointFigures(Figures):
    score: float = Field(description="|score|, 0…1: the middle one of a bin of outcomes")
    confidence: float = Field(description="percent, as a signal's `confidence`")


class ConfidenceMapFigures(Figures):
    """Between the points confidence runs straight, outside them it stays level."""

    id: UUID
    side: Side
    timeframe: Timeframe
    engine_version: str
    fitted_until_ms: int = Field(description="every outcome in it had closed before")
    outcomes: int = Field(description="that it was fitted on, of every market that was watched")
    historical_outcomes: int = Field(description="how many of them are of rebuilt signals")
    points: list[MapPointFigures] = Field(description="ascending in both")


def confidence_map_figures(chances: ConfidenceMap) -> ConfidenceMapFigures:
    return ConfidenceMapFigures(
        id=chances.id,
        side=chances.side,
        timeframe=chances.timeframe,
        engine_version=chances.engine_version,
        fitted_until_ms=chances.fitted_until_ms,
        outcomes=chances.outcomes,
        historical_outcomes=chances.historical_outcomes,
        points=[
            MapPointFigures(score=point.score, confidence=100.0 * point.chance)
            for point in chances.points
        ],
    )
