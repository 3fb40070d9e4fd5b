"""How `./eth models` tells what a model is worth."""

import io
from typing import Any

from rich.console import Console

from eth_cli.models_table import print_models

MODEL: dict[str, Any] = {
    "model_id": "ETHUSDT-1h-spec16-0123456789ab",
    "trained_at": 1_735_689_600_000,
    "data_from": 1_502_942_400_000,
    "data_until": 1_735_689_600_000,
    "has_skill": False,
    "verdict": "no skill: the lower bound is -0.8 %",
    "serves": [],
    "log_loss_skill": 0.012,
    "skill_interval": (-0.008, 0.031),
    "ece": 0.0142,
    "accuracy": 0.487,
    "majority_rate": 0.461,
}


def printed(*models: dict[str, Any]) -> str:
    page = io.StringIO()
    print_models(models, Console(file=page, width=200))
    return page.getvalue()


def test_without_models_it_says_how_to_train_one() -> None:
    assert "`./eth train`" in printed()


def test_skill_stands_with_its_interval_and_accuracy_with_its_baseline() -> None:
    text = printed(MODEL)
    for part in ("+1.20% (-0.80% to +3.10%)", "1.42%", "48.7% (46.1%)", "2017-08-17 to 2025-01-01"):
        assert part in text
    assert "no skill: the lower bound is -0.8 %" in text


def test_what_it_serves_is_named() -> None:
    assert "candles, indicators" in printed({**MODEL, "serves": ["candles", "indicators"]})
