import json
import os
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner

from eth_cli import prometheus_command
from eth_cli.data_folder import DataFolder
from eth_cli.main import app
from eth_cli.ports import Ports
from eth_cli.prometheus_configuration import JOBS, configuration
from eth_cli.service_plans import SERVICES

PORTS = Ports.shifted_to(3900).by_part


def targets() -> dict[str, str]:
    found = configuration(PORTS)["scrape_configs"]
    return {one["job_name"]: one["static_configs"][0]["targets"][0] for one in found}


def test_every_service_is_a_target_on_its_own_port() -> None:
    assert {JOBS[service.name] for service in SERVICES} <= set(targets())
    assert targets()["market-service"] == "127.0.0.1:9001"
    assert targets()["api-gateway"] == "127.0.0.1:3901"
    assert targets()["scheduler"] == "127.0.0.1:9005"


def test_servers_that_tell_no_metrics_are_no_targets() -> None:
    assert not {"127.0.0.1:3900", "127.0.0.1:16332", "127.0.0.1:17279"} & set(targets().values())


def test_a_part_that_does_not_run_is_no_target() -> None:
    ports = {part: port for part, port in PORTS.items() if part != "simulator"}
    jobs = [one["job_name"] for one in configuration(ports)["scrape_configs"]]
    assert "exchange-simulator" not in jobs


def test_the_rules_are_those_of_the_repository() -> None:
    (pattern,) = configuration(PORTS)["rule_files"]
    assert list(Path(pattern).parent.glob(Path(pattern).name))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Of a stack that seems to run."""
    parts = tuple(SimpleNamespace(name=name, port=port) for name, port in PORTS.items())
    state = SimpleNamespace(parts=parts)
    stack = SimpleNamespace(folder=DataFolder(tmp_path), state=state)
    monkeypatch.setattr(prometheus_command, "running_stack", lambda _folder: stack)
    return tmp_path


def test_the_command_tells_the_file_and_how_to_start(folder: Path) -> None:
    result = CliRunner().invoke(app, ["prometheus", "--port", "9999"])
    path, command = result.stdout.splitlines()
    assert json.loads(Path(path).read_text()) == configuration(PORTS)
    assert command.split() == [
        "prometheus",
        f"--config.file={path}",
        f"--storage.tsdb.path={folder / 'prometheus' / 'data'}",
        "--web.listen-address=127.0.0.1:9999",
    ]


@pytest.mark.usefixtures("folder")
def test_without_prometheus_run_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    result = CliRunner().invoke(app, ["prometheus", "--run"])
    assert result.exit_code == 1
    assert "No program prometheus was found" in result.stderr


@pytest.mark.usefixtures("folder")
def test_run_becomes_prometheus(monkeypatch: pytest.MonkeyPatch) -> None:
    became: list[tuple[str, tuple[str, ...]]] = []
    monkeypatch.setattr(shutil, "which", lambda _name: "/usr/bin/prometheus")
    monkeypatch.setattr(prometheus_command, "is_free", lambda _port: True)
    monkeypatch.setattr(os, "execv", lambda program, command: became.append((program, command)))
    CliRunner().invoke(app, ["prometheus", "--run"])
    ((program, command),) = became
    assert (program, command[0]) == ("/usr/bin/prometheus", "prometheus")
