"""What is measured of forecasts while they are made and as they come true, by series."""

from collections.abc import Iterable
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge

from ml_service.forecasts.review import Review
from service_kit.series import Series

OUTCOMES: Final = {True: "abstained", False: "answered"}
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
        self._log_loss = gauge("ml_live_log_loss", "Of the serving model's scored forecasts.")
        self._skill = gauge("ml_live_log_loss_skill", "1 - log-loss / log-loss of its prior.")
        self._calibration_error = gauge("ml_live_calibration_error", "Expected, of 1.")
        self._drift = gauge("ml_feature_drift_psi", "The largest of the features' PSI.")
        self._degraded = gauge("ml_model_degraded", "1 where the serving model has degraded.")

    def watch(self, series: Series) -> None:
        """Show the series before anything is forecast in it."""
        for outcome in OUTCOMES.values():
            self.predictions.labels(*series.key, outcome)
        self.lost.labels(*series.key)

    def show(self, reviews: Iterable[Review]) -> None:
        """Of every model that serves; what is not known of one is not shown."""
        for gauge in self._gauges:
            gauge.clear()
        for one in reviews:
            self._show(one)

    def _show(self, review: Review) -> None:
        key, figures = review.series.key, review.live.figures
        self._degraded.labels(*key).set(review.degraded is not None)
        if figures is not None:
            found = figures.of_bars
            self._log_loss.labels(*key).set(found.log_loss)
            self._skill.labels(*key).set(found.skill)
            self._calibration_error.labels(*key).set(found.expected_calibration_error)
        if review.drift is not None:
            self._drift.labels(*key).set(review.drift.max_psi)

    @property
    def _gauges(self) -> tuple[Gauge, ...]:
        learnt = (self._log_loss, self._skill, self._calibration_error)
        return (*learnt, self._drift, self._degraded)
