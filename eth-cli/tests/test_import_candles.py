"""What `./eth import` asks of the program, and how it tells what came of it."""

import io
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from eth_cli import import_candles
from eth_cli.data_folder import DataFolder
from eth_cli.feed import Feed
from eth_cli.import_candles import ImportRequest, import_files, report_lines
from eth_cli.open_market import StandingMarket
from eth_cli.stack_errors import StackError, WrongOptionError
from trading_core.timeframe import Timeframe

MARKET = StandingMarket(
    DataFolder(Path("/nowhere/live")), Feed(kind="live", source="binance", symbols=("ETH/USDT",))
)
PROGRAM = """
import json, sys
for name in sys.argv[sys.argv.index("--") + 1 :]:
    print(json.dumps({"file": name, "done": 5000, "total": 6000}), flush=True)
    print(json.dumps({"report": {"file": name}}), flush=True)
"""


def report(**fields: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    nothing: dict[str, Any] = {"count": 0, "first": []}
    return {
        "file": "ETHUSDT-1h.csv",
        "sha256": "ab12",
        "symbol": "ETHUSDT",
        "timeframe": "1h",
        "refused": None,
        "rows": 64_524,
        "firstMs": 1_502_942_400_000,
        "lastMs": 1_735_686_000_000,
        "new": 64_000,
        "same": 524,
        "replaced": 0,
        "badRows": nothing,
        "differences": nothing,
        "outages": 0,
        "outageBars": 0,
        "missingBars": 0,
        "seconds": 3.25,
        **fields,
    }


def told(**fields: Any) -> str:  # noqa: ANN401 - JSON
    return "\n".join(report_lines(report(**fields)))


def test_what_was_stored_is_said_in_counts() -> None:
    text = told(outages=28, outageBars=128)
    assert "ETHUSDT 1h, 64,524 rows in 3.2 s" in text
    assert "2017-08-17T04:00:00Z to 2024-12-31T23:00:00Z" in text
    assert "64,000 new, 524 already there\n" in text
    assert "28 gaps (128 bars) recorded as outages" in text


def test_a_refusal_names_its_rows_and_how_many_more_there_are() -> None:
    row = {"number": 7, "reason": "it has 3 columns instead of 12", "openMs": None}
    late = {"number": 9, "reason": "no 1h bar opens then", "openMs": 9 * 10**15}
    text = told(refused="broken", badRows={"count": 5, "first": [row, late]})
    assert text.splitlines() == [
        "ETHUSDT-1h.csv: refused: broken.",
        "    row 7: it has 3 columns instead of 12",
        "    row 9 (9000000000000000): no 1h bar opens then",
        "    and 3 more",
    ]


def test_other_values_are_shown_side_by_side() -> None:
    bar = {"openMs": 1_502_942_400_000, "stored": ["1", "2"], "received": ["1", "3"]}
    text = told(refused="other values", differences={"count": 1, "first": [bar]})
    assert "2017-08-17T04:00:00Z: stored 1 2, the file 1 3" in text


def test_options_are_passed_on_and_no_name_is_taken_for_one() -> None:
    request = ImportRequest(
        files=(Path("--replace"),), symbol="ETH/USDT", timeframe=Timeframe.H1, skip_bad_rows=True
    )
    assert request.command()[3:] == [
        *("--symbol", "ETH/USDT", "--timeframe", "1h", "--skip-bad-rows", "--", "--replace")
    ]


def test_what_is_no_symbol_is_a_wrong_option() -> None:
    with pytest.raises(WrongOptionError, match="--symbol"):
        ImportRequest(files=(), symbol="?").checked()


@pytest.mark.integration
def test_reports_arrive_one_by_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "stand_in.py").write_text(PROGRAM)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr(import_candles, "MODULE", "stand_in")
    reports: list[dict[str, Any]] = []
    request = ImportRequest(files=(Path("a b.csv"), Path("[red].csv")))
    import_files(MARKET, request, Console(file=io.StringIO(), force_terminal=True), reports.append)
    assert reports == [{"file": "a b.csv"}, {"file": "[red].csv"}]


@pytest.mark.integration
def test_a_program_that_fails_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "stand_in.py").write_text("import sys; sys.exit('no such market')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr(import_candles, "MODULE", "stand_in")
    with pytest.raises(StackError, match="no such market"):
        import_files(MARKET, ImportRequest(files=()), Console(file=io.StringIO()), lambda _r: None)
