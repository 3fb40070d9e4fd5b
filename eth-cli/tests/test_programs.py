"""What the commands find on a machine, and how they add up what they ran."""

import os
from pathlib import Path

import pytest

from eth_cli.data_folder import DataFolder
from eth_cli.exchange_reach import BINANCE, BINANCE_DATA, Exchange, known_exchanges
from eth_cli.feed import Feed
from eth_cli.frontend_build import sources_digest
from eth_cli.node import node_version
from eth_cli.ports import Ports
from eth_cli.run_tests import RUNS, chosen
from eth_cli.service_plans import service_environment, simulated_exchange
from eth_cli.totals import Totals, read_totals

PORTS = Ports.shifted_to(3900)


@pytest.mark.parametrize(
    ("text", "version"), [("v20.20.2\n", (20, 20)), ("v9.1.0", (9, 1)), ("", (0, 0))]
)
def test_the_version_of_node_is_read(text: str, version: tuple[int, int]) -> None:
    assert node_version(text) == version


def test_a_build_is_named_by_its_sources_only(tmp_path: Path) -> None:
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "app.ts").write_text("1")
    before = sources_digest(tmp_path)
    (tmp_path / "dist").mkdir()
    (tmp_path / "dist" / "app.js").write_text("built")
    assert sources_digest(tmp_path) == before
    (tmp_path / "src" / "app.ts").write_text("2")
    assert sources_digest(tmp_path) != before


def test_moving_a_source_changes_the_build(tmp_path: Path) -> None:
    source = tmp_path / "a.ts"
    source.write_text("1")
    before = sources_digest(tmp_path)
    source.rename(tmp_path / "b.ts")
    assert sources_digest(tmp_path) != before


def test_the_exchange_can_be_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EXCHANGE_REST_URL", raising=False)
    monkeypatch.delenv("EXCHANGE_WS_URL", raising=False)
    assert known_exchanges() == (BINANCE, BINANCE_DATA)
    monkeypatch.setenv("EXCHANGE_REST_URL", "https://testnet.binance.vision")
    assert known_exchanges() == (Exchange("https://testnet.binance.vision", BINANCE.stream_url),)


def test_services_are_told_the_feed_and_their_siblings(tmp_path: Path) -> None:
    feed = Feed("replay", "replay:x", ("ETH/USDT", "BTC/USDT"), ("/a.csv", "/b.csv"), speed=60.0)
    told = service_environment(DataFolder(tmp_path), feed, simulated_exchange(PORTS), PORTS)
    assert told["SYMBOLS"] == "ETH/USDT,BTC/USDT"
    assert told["SIMULATOR_RECORDINGS"] == f"/a.csv{os.pathsep}/b.csv"
    assert told["EXCHANGE_WS_URL"] == "ws://127.0.0.1:9010"
    assert told["MARKET_SERVICE_URL"] == "http://127.0.0.1:9001"
    assert told["SCHEDULER_SERVICE_URL"].startswith("http://127.0.0.1:")


def test_a_fault_script_is_for_a_simulated_exchange_that_keeps_what_came_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SIMULATOR_FAULTS", raising=False)
    feed = Feed("simulated", "simulated:seed-1", ("ETH/USDT",), seed=1)
    exchange, script = simulated_exchange(PORTS), Path("/faults/hard.json")
    told = service_environment(DataFolder(tmp_path), feed, exchange, PORTS, script)
    assert told["SIMULATOR_FAULTS"] == str(script)
    assert told["SIMULATOR_FAULTS_STATE"] == str(tmp_path / "faults.json")
    usual = service_environment(DataFolder(tmp_path), feed, exchange, PORTS)
    assert "SIMULATOR_FAULTS" not in usual


def test_a_shell_does_not_redirect_the_stack(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SIMULATOR_FAULTS", "/elsewhere/faults.json")
    monkeypatch.setenv("DATABASE_URL", "postgresql+asyncpg://elsewhere/production")
    monkeypatch.setenv("HOST", "workstation")
    monkeypatch.setenv("LOG_LEVEL", "debug")
    feed = Feed("live", "binance", ("ETH/USDT",))
    told = service_environment(DataFolder(tmp_path), feed, BINANCE, PORTS)
    assert "DATABASE_URL" not in told
    assert "CLOCK_FILE" not in told
    assert "SIMULATOR_FAULTS" not in told
    assert told["HOST"] == "127.0.0.1"
    assert told["LOG_LEVEL"] == "debug"


@pytest.mark.parametrize(
    ("level", "names"),
    [
        ("unit", ["unit"]),
        ("integration", ["package-integration", "integration"]),
        ("e2e", ["e2e"]),
        ("containers", ["containers"]),
        ("all", ["unit", "package-integration", "integration", "e2e"]),
    ],
)
def test_each_level_has_its_runs(level: str, names: list[str]) -> None:
    assert [run.name for run in chosen(RUNS, level)] == names  # type: ignore[arg-type]  # a Level


def test_totals_add_up_over_runners(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    report.write_text(
        "<testsuites><testsuite tests='5' failures='1' errors='0' skipped='2'/>"
        "<testsuite tests='3' failures='0' errors='0'/></testsuites>"
    )
    totals = read_totals(report) + read_totals(tmp_path / "missing.xml")
    assert totals == Totals(tests=8, failed=1, errors=0, skipped=2)
    assert totals.line(1.5).strip("= ") == "1 failed, 5 passed, 2 skipped in 1.50s"
