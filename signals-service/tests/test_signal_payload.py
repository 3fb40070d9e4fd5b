from dataclasses import replace
from decimal import Decimal
from uuid import UUID

import pytest

from decided_bar import decided, gathered, leaning_up, window
from signals_service.gathered_inputs import Source
from signals_service.signal_payload import price_text, signal_payload
from signals_service.signal_row import SignalLevels
from trading_core.signal_state import SignalStatus

GOLDEN_LEVELS = SignalLevels(
    entry_zone_min=Decimal("2490.00000000"),
    entry_zone_max=Decimal("2515.12500000"),
    stop_loss=Decimal(2470),
    take_profit_1=Decimal("2540.10000000"),
    take_profit_2=Decimal("2560.00000001"),
    take_profit_3=Decimal("2.6E+3"),
    risk_reward_ratio=4 / 3,
)
GOLDEN = {
    "symbol": "ETHUSDT",
    "timeframe": "1h",
    "signalType": "BUY",
    "status": "closed",
    "confidence": 61.25,
    "entryPrice": "2500",
    "entryZoneMin": "2490",
    "entryZoneMax": "2515.125",
    "stopLoss": "2470",
    "takeProfit1": "2540.1",
    "takeProfit2": "2560.00000001",
    "takeProfit3": "2600",
    "riskRewardRatio": 4 / 3,
    "riskRewardWorst": 1.1,
    "riskRewardNet": 1.2,
    "zoneNarrowed": True,
    "createdAt": "2024-08-05T00:00:00.000Z",
    "closedAt": "2024-07-15T00:00:00.123Z",
    "exitPrice": "2540.1",
    "profitLossPercent": 1.4,
    "origin": "live",
    "score": 0.5,
    "threshold": 0.4,
    "calibrated": True,
    "confidenceMapId": "5aa5fdc4-8ecf-54dd-8ca0-f4b4ae0d9a9c",
    "modelId": "model-1",
    "feePercentPerSide": 0.1,
    "continues": "7d2c6a2e-3f54-5a44-8a5b-111111111111",
    "degraded": ["volume"],
    "outcome": {"exitReason": "take_profit_1"},
}


def test_a_closed_buy_is_spelt_as_the_contract_says() -> None:
    row = decided(leaning_up(gathered(window(), {Source.VOLUME: "market cannot be reached"})))
    risk = {"riskRewardWorst": 1.1, "riskRewardNet": 1.2, "zoneNarrowed": True}
    closed = replace(
        row,
        status=SignalStatus.CLOSED,
        confidence=61.25,
        calibrated=True,
        confidence_map_id=UUID(str(GOLDEN["confidenceMapId"])),
        continues=UUID(str(GOLDEN["continues"])),
        score=0.5,
        entry_price=Decimal("2500.00000000"),
        levels=GOLDEN_LEVELS,
        reasoning={"threshold": 0.4, "risk": risk},
        closed_at_ms=1_721_001_600_123,
        exit_price=Decimal("2540.10000000"),
        profit_loss_percent=1.4,
        outcome={"exitReason": "take_profit_1"},
    )
    rest = {
        "id": str(row.id),
        "timestamp": row.timestamp,
        "engineVersion": row.engine_version,
        "reasoning": {"threshold": 0.4, "risk": risk},
    }
    assert signal_payload(closed) == GOLDEN | rest


def test_the_reasoning_says_which_model_spoke_and_whether_it_has_degraded() -> None:
    seen = gathered(window())
    known = seen.bar.prediction
    assert known is not None
    degraded = replace(seen, bar=replace(seen.bar, prediction=replace(known, degraded=True)))
    assert signal_payload(decided(degraded))["reasoning"]["mlPrediction"] == {
        "direction": "up",
        "probability": 0.8,
        "abstained": False,
        "reason": None,
        "modelId": "model-1",
        "degraded": True,
    }


def test_what_was_stored_before_models_could_degrade_is_told_as_sound() -> None:
    row = decided(gathered(window()))
    del row.inputs["bar"]["prediction"]["degraded"]
    assert signal_payload(row)["reasoning"]["mlPrediction"]["degraded"] is False


def test_a_signal_without_a_prediction_names_no_model() -> None:
    row = decided(gathered(window(), {Source.PREDICTION: "ml cannot be reached"}))
    assert signal_payload(row)["reasoning"]["mlPrediction"] is None


def test_a_holds_levels_are_null() -> None:
    payload = signal_payload(decided(gathered(window())))
    levels = ("entryZoneMin", "entryZoneMax", "stopLoss", "takeProfit1", "riskRewardRatio")
    assert [payload[name] for name in levels] == [None] * 5
    assert isinstance(payload["entryPrice"], str)


@pytest.mark.parametrize(
    ("price", "text"),
    [("100", "100"), ("1E+2", "100"), ("0.00000001", "0.00000001"), ("3127.50000000", "3127.5")],
)
def test_a_price_is_plain_text_without_an_exponent_or_idle_zeros(price: str, text: str) -> None:
    assert price_text(Decimal(price)) == text
