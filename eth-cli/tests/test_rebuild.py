"""What `./eth rebuild` asks for, how it reads its children, and what it prints."""

import io
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import psutil
import pytest
from rich.console import Console

from eth_cli.data_folder import DataFolder
from eth_cli.feed import Feed, write_feed
from eth_cli.rebuild import STAGES, RebuildRequest, read_scorecard, rebuild_history
from eth_cli.running_stack import RunningStack, running_stack
from eth_cli.scorecard_table import print_rebuilt, print_scorecard
from eth_cli.stack_errors import StackError, WrongOptionError
from eth_cli.stack_state import ProcessName, StackState, write_state
from trading_core.timeframe import Timeframe

FEED = Feed(kind="replay", source="recording", symbols=("ETH/USDT", "BTC/USDT"))
TOO_FEW = {"n": 3, "verdict": "too few"}
ENOUGH = {
    "n": 40,
    "verdict": None,
    "hitRate": 0.5,
    "hitRateLow": 0.35,
    "hitRateHigh": 0.65,
    "meanNetR": -0.125,
    "netRStandardError": 0.25,
    "meanProfitLossPercent": -0.5,
}
STAGE = """
import json, sys
print(json.dumps({"done": 1, "total": 2}), flush=True)
print(json.dumps({"done": 2, "total": 2, "asked": sys.argv[1:]}), flush=True)
"""


def stack(tmp_path: Path) -> RunningStack:
    """One whose supervisor is this test."""
    folder = DataFolder(tmp_path / "replay")
    folder.create()
    state = StackState(
        phase="running",
        supervisor=ProcessName(os.getpid(), psutil.Process().create_time()),
        folder=str(folder.root),
        url="http://127.0.0.1:3900",
        ports={"signals": 1},
        kind="replay",
        source="recording",
        speed=1.0,
        parts=(),
    )
    write_state(folder.state_file, state)
    write_feed(folder.feed_file, FEED)
    return RunningStack(folder, state, FEED)


def quiet() -> Console:
    return Console(file=io.StringIO(), width=200)


def printed(console: Console) -> str:
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


@pytest.fixture
def stages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Modules that stand for the services', in place of them."""
    (tmp_path / "stage.py").write_text(STAGE)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    for name in STAGES:
        monkeypatch.setitem(STAGES, name, "stage")
    return tmp_path / "stage.py"


def test_the_running_stack_is_found_with_what_it_watches(tmp_path: Path) -> None:
    known = stack(tmp_path)
    assert running_stack(tmp_path) == known
    environment = known.environment()
    assert environment["SYMBOLS"] == "ETH/USDT,BTC/USDT"
    assert environment["CLOCK_FILE"] == str(known.folder.clock_file)
    assert environment["SECRETS_DIR"] == str(known.folder.secrets)


def test_without_a_stack_it_says_how_to_start_one(tmp_path: Path) -> None:
    with pytest.raises(StackError, match=r"No stack runs; `./eth up` starts one\."):
        running_stack(tmp_path)


def test_a_stack_that_is_starting_is_not_worked_on(tmp_path: Path) -> None:
    known = stack(tmp_path)
    write_state(known.folder.state_file, replace(known.state, phase="starting"))
    with pytest.raises(StackError, match="is not ready yet"):
        running_stack(tmp_path)


def test_a_market_that_is_not_watched_is_refused_by_name(tmp_path: Path) -> None:
    known = stack(tmp_path)
    assert [one.compact for one in known.watched(None)] == ["ETHUSDT", "BTCUSDT"]
    assert [one.compact for one in known.watched("BTCUSDT")] == ["BTCUSDT"]
    with pytest.raises(WrongOptionError, match="DOGE/USDT is not watched by this stack, but ETH"):
        known.watched("DOGEUSDT")
    with pytest.raises(WrongOptionError, match="--symbol"):
        known.watched("?")


def test_times_the_wrong_way_round_are_refused() -> None:
    with pytest.raises(WrongOptionError, match="--since must lie before --until"):
        RebuildRequest(since_ms=2, until_ms=2).checked()
    assert RebuildRequest(since_ms=2).checked().since_ms == 2


@pytest.mark.integration
def test_every_series_goes_through_every_stage(tmp_path: Path, stages: Path) -> None:
    assert stages.exists()
    request = RebuildRequest(None, Timeframe.H1, since_ms=5)
    ends = rebuild_history(stack(tmp_path), request, quiet())
    assert [end["asked"] for end in ends] == [
        ["--symbol", symbol, "--timeframe", "1h", "--since", "5"]
        for symbol in ("ETHUSDT", "BTCUSDT")
    ]


@pytest.mark.integration
def test_a_stage_that_fails_is_one_sentence(tmp_path: Path, stages: Path) -> None:
    stages.write_text("import sys; sys.stderr.write('nothing there\\n'); sys.exit(1)")
    with pytest.raises(StackError, match="stage: nothing there"):
        rebuild_history(stack(tmp_path), RebuildRequest("ETHUSDT", Timeframe.H1), quiet())


@pytest.mark.integration
def test_a_service_that_does_not_answer_gives_no_scorecard(tmp_path: Path) -> None:
    with pytest.raises(StackError, match="gave no scorecard"):
        read_scorecard(stack(tmp_path), RebuildRequest())


def card(**groups: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    empty = dict.fromkeys(("total", "buy", "sell"), TOO_FEW)
    return {
        "feed": {"kind": "replay", "source": "recording"},
        "live": empty,
        "historical": empty,
        "series": [],
        **groups,
    }


def test_too_few_outcomes_are_said_in_words() -> None:
    console = quiet()
    print_scorecard(card(), console)
    assert printed(console).count("too few") == 6
    assert "%" not in printed(console).replace("95 %", "")


def test_a_loss_is_printed_as_one_beside_its_baselines() -> None:
    console = quiet()
    scored = dict.fromkeys(("total", "buy", "sell"), ENOUGH)
    spread = {"mean": -0.25, "percentile5": -0.5, "percentile95": 0.125}
    baselines = {
        "buyAndHoldPercent": -7.5,
        "randomEntries": {"draws": 1000, "meanNetR": spread, "shareBelow": 0.875},
    }
    series = {
        "symbol": "ETHUSDT",
        "timeframe": "1h",
        "live": {"baselines": None},
        "historical": {"baselines": baselines},
    }
    print_scorecard(card(historical=scored, series=[series]), console)
    text = printed(console)
    for part in ("50.0%", "35.0% to 65.0%", "-0.125 ± 0.250", "-0.500 %", "buy and hold -7.5 %"):
        assert part in text
    assert "-0.250 R (-0.500 to +0.125), below ours in 88% of 1000 draws" in text


def test_what_could_not_be_decided_is_named() -> None:
    console = quiet()
    end = {
        "symbol": "ETHUSDT",
        "timeframe": "1h",
        "decided": {"HOLD": 2, "BUY": 1},
        "seconds": 0.5,
        "undecidable": 7,
        "holes": [{"fromMs": 1_722_807_000_000, "bars": 7}],
        "furtherHoles": 0,
    }
    print_rebuilt([end], console)
    text = printed(console)
    assert "ETHUSDT 1h: 1 BUY, 2 HOLD in 0.5 s" in text
    assert "7 bars lack candles in their window" in text
    assert "7 from 2024-08-04T21:30:00Z" in text
