from collections.abc import Sequence
from typing import Any

import pytest
from prometheus_client import CollectorRegistry

from forecasting_card import HOURS, PRIOR, forecasting_card
from ml_service.forecast import Forecast
from ml_service.forecasts import record_forecasts
from ml_service.forecasts.forecast_metrics import ForecastMetrics
from ml_service.forecasts.record_forecasts import ForecastRecorder
from service_kit.errors import StoreUnavailableError
from trading_core.timeframe import HOUR_MS


class FakeStore:
    def __init__(self) -> None:
        self.kept: list[Forecast] = []
        self.away = False

    async def keep(self, forecasts: Sequence[Forecast]) -> None:
        if self.away:
            raise StoreUnavailableError("the database cannot be reached")
        self.kept.extend(forecasts)


class Desk:
    def __init__(self) -> None:
        self.store = FakeStore()
        self.registry = CollectorRegistry()
        metrics = ForecastMetrics(self.registry)
        metrics.watch(HOURS)
        self.recorder = ForecastRecorder(self.store, metrics)

    def count(self, name: str, **labels: str) -> float | None:
        series = {"symbol": "ETHUSDT", "timeframe": "1h"}
        return self.registry.get_sample_value(name, {**series, **labels})


@pytest.fixture
def desk() -> Desk:
    return Desk()


def forecast(**changes: Any) -> Forecast:  # noqa: ANN401 - a field's type
    given = {
        "series": HOURS,
        "bar_open_ms": 0,
        "card": forecasting_card(),
        "features": (0.5, 0.5),
        "probabilities": PRIOR,
        "abstained": False,
        "predicted_at_ms": HOUR_MS,
        "horizon_ms": 3 * HOUR_MS,
    }
    return Forecast(**{**given, **changes})


async def test_the_first_forecast_of_a_bar_and_model_is_kept(desk: Desk) -> None:
    other = forecasting_card(model_id="ETHUSDT-1h-invented-000000000002")
    first, later = forecast(), forecast(predicted_at_ms=2 * HOUR_MS)
    next_bar, others = forecast(bar_open_ms=HOUR_MS), forecast(card=other)
    for one in (first, later, next_bar, others):
        desk.recorder.record(one)
    await desk.recorder.store_waiting()
    desk.recorder.record(later)
    await desk.recorder.store_waiting()
    assert desk.store.kept == [first, next_bar, others]


async def test_what_is_said_once_the_outcome_is_known_is_no_forecast(desk: Desk) -> None:
    desk.recorder.record(forecast(predicted_at_ms=3 * HOUR_MS))
    await desk.recorder.store_waiting()
    assert desk.store.kept == []


async def test_an_abstention_is_kept_too_and_counted_as_one(desk: Desk) -> None:
    desk.recorder.record(forecast(abstained=True))
    desk.recorder.record(forecast(bar_open_ms=HOUR_MS))
    await desk.recorder.store_waiting()
    assert [one.abstained for one in desk.store.kept] == [True, False]
    for outcome in ("abstained", "answered"):
        assert desk.count("ml_predictions_total", outcome=outcome) == 1


async def test_while_the_database_is_away_they_wait(desk: Desk) -> None:
    desk.store.away = True
    desk.recorder.record(forecast())
    with pytest.raises(StoreUnavailableError):
        await desk.recorder.store_waiting()
    desk.store.away = False
    await desk.recorder.store_waiting()
    assert desk.store.kept == [forecast()]
    assert desk.count("ml_predictions_lost_total") == 0


async def test_what_no_longer_fits_into_memory_is_counted_as_lost(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record_forecasts, "MOST_WAITING", 2)
    for bar in range(3):
        desk.recorder.record(forecast(bar_open_ms=bar * HOUR_MS))
    assert desk.count("ml_predictions_lost_total") == 1
    await desk.recorder.store_waiting()
    assert len(desk.store.kept) == 2


async def test_what_the_service_cannot_store_before_it_ends_is_counted_as_lost(desk: Desk) -> None:
    desk.store.away = True
    desk.recorder.record(forecast())
    await desk.recorder.store_last()
    assert desk.count("ml_predictions_lost_total") == 1
