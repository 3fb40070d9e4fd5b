"""`./eth import` in a fresh folder, before any `./eth up`."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from eth_cli.temporary_servers import temporary_folder
from running_stack import eth
from trading_core.timeframe import HOUR_MS

pytestmark = [pytest.mark.integration, pytest.mark.enable_socket]

START_MS = 1_704_067_200_000


@pytest.fixture
def folder() -> Iterator[Path]:
    with temporary_folder() as folder:
        yield folder


def recording(folder: Path) -> Path:
    path = folder / "ETHUSDT-1h-2024.csv"
    rows = [f"{START_MS + bar * HOUR_MS},2300,2310.5,2299.5,2305,{bar + 1}" for bar in range(300)]
    path.write_text("\n".join(["timestamp,open,high,low,close,volume", *rows]))
    return path


def imported(data_dir: Path, path: Path, *options: str) -> dict[str, Any]:
    done = eth("import", "--json", "--data-dir", str(data_dir), *options, str(path))
    assert f"Database: live market, {data_dir}/live (nothing else runs on it)." in done.stderr
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def test_a_second_import_finds_everything_there(folder: Path) -> None:
    path = recording(folder)
    first, second = imported(folder / "data", path), imported(folder / "data", path)
    assert (first["new"], first["same"], first["refused"]) == (300, 0, None)
    assert (second["new"], second["same"], second["refused"]) == (0, 300, None)
    assert eth("status", "--data-dir", str(folder / "data"), check=False).returncode == 3


def test_a_refused_file_is_told_by_the_exit_code(folder: Path) -> None:
    wrong = recording(folder).rename(folder / "ETHUSDT-15m-2024.csv")
    done = eth("import", "--data-dir", str(folder / "data"), str(wrong), check=False)
    assert "refused: most of its rows are not 15m apart" in done.stdout
    assert done.returncode == 1
    assert "Traceback" not in done.stderr


def test_a_wrong_option_starts_nothing(folder: Path) -> None:
    asked = ("import", "--symbol", "?", "--data-dir", str(folder / "data"), "x.csv")
    assert eth(*asked, check=False).returncode == 2
    assert not (folder / "data").exists()


def test_models_are_listed_before_there_is_any(folder: Path) -> None:
    done = eth("models", "list", "--data-dir", str(folder / "data"))
    assert "No model has been trained yet" in done.stdout
    unknown = eth("models", "promote", "x", "--data-dir", str(folder / "data"), check=False)
    assert unknown.returncode == 1
    assert "there is no model" in unknown.stderr
