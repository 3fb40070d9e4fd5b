"""What `./eth train` asks of the program, and how it tells what came of it."""

import io
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from eth_cli import train_models
from eth_cli.data_folder import DataFolder
from eth_cli.feed import Feed
from eth_cli.open_market import StandingMarket
from eth_cli.stack_errors import WrongOptionError
from eth_cli.train_models import TrainedSeries, TrainRequest
from eth_cli.trained_table import print_trained
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

ETH, BTC = Symbol("ETH", "USDT"), Symbol("BTC", "USDT")
MARKET = StandingMarket(
    DataFolder(Path("/nowhere/live")), Feed(kind="live", source="binance", symbols=("ETH/USDT",))
)
PROGRAM = """
import json, sys
if "BTCUSDT" in sys.argv:
    sys.exit("there are 200 labelled bars")
print(json.dumps({"event": "progress", "stage": "reading", "done": 0, "total": 0}), flush=True)
print(json.dumps({"event": "progress", "stage": "fitting", "done": 1, "total": 2}), flush=True)
print(json.dumps({"event": "done", "asked": sys.argv[1:]}), flush=True)
"""
MODEL: dict[str, Any] = {
    "model_id": "ETHUSDT-1h-spec16-0123456789ab",
    "test_samples": 7_467,
    "accuracy": 0.42,
    "majority_rate": 0.44,
    "balanced_accuracy": 0.39,
    "log_loss": 1.0612,
    "prior_log_loss": 1.095,
    "log_loss_skill": 0.031,
    "skill_low": 0.018,
    "skill_high": 0.044,
    "expected_calibration_error": 0.0457,
    "gate": "skill 3.10% over the class prior",
    "verdicts": [
        {"role": "candles", "promoted": True, "sentence": "it has skill, and no model served"},
        {"role": "indicators", "promoted": False, "sentence": "the same model serves already"},
    ],
}


def quiet() -> Console:
    return Console(file=io.StringIO(), width=80, highlight=False, soft_wrap=True, markup=False)


def printed(*series: TrainedSeries) -> str:
    console = quiet()
    print_trained(series, Path("/models"), console)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_times_the_wrong_way_round_are_refused() -> None:
    request = TrainRequest(timeframes=(Timeframe.H1,), since_ms=2, untouched_since_ms=2)
    with pytest.raises(WrongOptionError, match="--since must lie before --untouched-since"):
        request.checked()


def test_only_what_was_said_is_asked_for() -> None:
    assert TrainRequest(timeframes=(Timeframe.H1,)).options() == []
    request = TrainRequest(timeframes=(Timeframe.H1,), since_ms=0, lookback=500)
    assert request.checked().options() == ["--since", "0", "--lookback", "500"]
    request = TrainRequest(timeframes=(Timeframe.H1,), look_ahead=9, threshold=0.0)
    assert request.options() == ["--look-ahead", "9", "--threshold", "0.0"]


@pytest.mark.integration
def test_a_series_that_makes_no_model_keeps_none_from_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "trainer.py").write_text(PROGRAM)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr(train_models, "MODULE", "trainer")
    request = TrainRequest(timeframes=(Timeframe.H1, Timeframe.H4), lookback=500)
    found = list(train_models.train_models(MARKET, (BTC, ETH), request, quiet()))
    assert [one.name for one in found] == [
        "BTC/USDT 1h",
        "BTC/USDT 4h",
        "ETH/USDT 1h",
        "ETH/USDT 4h",
    ]
    assert [one.refusal for one in found[:2]] == ["trainer: there are 200 labelled bars"] * 2
    assert found[3].result is not None
    assert found[3].result["asked"] == [
        *("--symbol", "ETHUSDT", "--timeframe", "4h", "--lookback", "500")
    ]


def test_each_figure_stands_beside_what_it_has_to_beat() -> None:
    result = {"seconds": 157.1, "peak_memory_bytes": 337 * 2**20, "models": [MODEL]}
    text = printed(TrainedSeries(ETH, Timeframe.H1, result))
    assert "ETH/USDT 1h: trained in 157.1 s, 337 MiB at most." in text
    for figure, baseline in (("1.0612", "1.0950 (prior)"), ("42.0%", "44.0% (majority)")):
        (line,) = (one for one in text.splitlines() if figure in one)
        assert baseline in line
    assert "+1.80% to +4.40%" in text
    assert "For candles it serves now: it has skill, and no model served." in text
    assert "For indicators it does not serve: the same model serves already." in text
    assert "Report: /models/ETHUSDT-1h-spec16-0123456789ab.html" in text


def test_why_there_is_no_model_is_said_by_series() -> None:
    text = printed(TrainedSeries(BTC, Timeframe.H4, None, "there are 200 labelled bars"))
    assert text == "BTC/USDT 4h: there are 200 labelled bars\n"
