from typing import Any

from eth_cli.signal_line import signal_line

BUY: dict[str, Any] = {
    "symbol": "ETHUSDT",
    "timeframe": "1h",
    "timestamp": 1_722_812_400_000,
    "signalType": "BUY",
    "status": "active",
    "confidence": 57.3,
    "calibrated": True,
    "entryPrice": "2531.2",
    "stopLoss": "2480",
    "takeProfit1": "2599.5",
    "continues": None,
    "reasoning": {"summary": "Trend and momentum point up."},
}


def test_a_new_signal_says_what_to_do_and_why() -> None:
    assert signal_line("new_signal", BUY) == (
        "2024-08-04 23:00  ETHUSDT     1h  BUY   57 %           "
        "entry 2531.2  stop 2480  TP1 2599.5  Trend and momentum point up."
    )


def test_confidence_that_is_no_measured_chance_is_called_uncalibrated() -> None:
    assert "uncalibrated" in signal_line("new_signal", {**BUY, "calibrated": False})


def test_a_hold_has_no_levels() -> None:
    hold = {**BUY, "signalType": "HOLD", "stopLoss": None, "takeProfit1": None}
    line = signal_line("new_signal", hold)
    assert "at 2531.2" in line
    assert "stop" not in line


def test_an_update_says_what_became_of_the_signal() -> None:
    closed = {**BUY, "status": "closed", "exitPrice": "2599.5", "profitLossPercent": 2.498}
    assert signal_line("signal_update", closed).endswith("→ closed at 2599.5, +2.50 %")
    further = {**closed, "outcome": {"furthestTarget": 2}}
    assert signal_line("signal_update", further).endswith("+2.50 %, then TP2 reached")
    assert signal_line("signal_update", {**closed, "outcome": {"furthestTarget": 1}}).endswith("%")
    continued = {**BUY, "continues": "5f1c"}
    assert signal_line("signal_update", continued).endswith("→ active, continues")
