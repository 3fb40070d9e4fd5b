"""What was said of one closed bar's future, handed to whoever follows it to its outcome."""

from dataclasses import dataclass
from typing import Protocol

from ml_service.registry.model_card import ModelCard
from service_kit.series import Series


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """Made from stored candles, before its outcome could be known."""

    series: Series
    bar_open_ms: int
    card: ModelCard
    """Of the model that answered, or, abstaining, whose prior was answered."""
    features: tuple[float, ...]
    """In the order of the card's names; all of them warm."""
    probabilities: tuple[float, float, float]
    """Down, neutral, up."""
    abstained: bool
    predicted_at_ms: int
    """Event time."""
    horizon_ms: int
    """Close of the bar that decides it."""


class ForecastLog(Protocol):
    async def record(self, forecast: Forecast) -> None:
        """Keep it, the first of a bar and model only; raises nothing where that fails."""

    def degraded_reason(self, series: Series, model_id: str) -> str | None:
        """Why the model's live skill is no longer what was proven of it; None where it is."""
