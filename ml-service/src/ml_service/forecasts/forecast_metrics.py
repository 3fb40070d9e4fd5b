"""What is measured of forecasts while they are made and as they come true, by series."""

from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge

_SERIES: Final = ("symbol", "timeframe")


class ForecastMetrics:
    def __init__(self, registry: CollectorRegistry) -> None:
        def gauge(name: str, meaning: str) -> Gauge:
            return Gauge(name, meaning, _SERIES, registry=registry)

        self.predictions = Counter(
            "ml_predictions_total",
            "Forecasts of bars whose outcome was not known yet, by answered or abstained.",
            (*_SERIES, "outcome"),
            registry=registry,
        )
        self.lost = Counter(
            "ml_predictions_lost_total",
            "Forecasts that were answered and could not be stored.",
            _SERIES,
            registry=registry,
        )
        self.log_loss = gauge("ml_live_log_loss", "Of the serving model's scored forecasts.")
        self.skill = gauge("ml_live_log_loss_skill", "1 - log-loss / log-loss of its prior.")
        self.calibration_error = gauge("ml_live_calibration_error", "Expected, of 1.")
        self.drift = gauge("ml_feature_drift_psi", "The largest of the features' PSI.")
        self.degraded = gauge("ml_model_degraded", "1 where the serving model has degraded.")
