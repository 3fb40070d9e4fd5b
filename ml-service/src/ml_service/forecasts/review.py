"""What is known of how a serving model is doing."""

from dataclasses import dataclass

from ml_service.forecasts.drift import Drift
from ml_service.forecasts.live_performance import LivePerformance
from service_kit.series import Series


@dataclass(frozen=True, slots=True)
class Review:
    series: Series
    model_id: str
    live: LivePerformance
    drift: Drift | None
    """None while there are too few forecasts."""
    degraded: str | None
    """Why, for people."""
