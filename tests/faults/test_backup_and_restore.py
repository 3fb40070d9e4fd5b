"""A running stack is backed up, its data are destroyed, the backup is put in their place."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from backed_up import BackedUp, manifest_contents
from eth_cli.account import remove_reachable
from eth_cli.data_folder import DataFolder
from eth_cli.feed import read_feed
from eth_cli.open_market import postgres_alone
from eth_cli.temporary_servers import temporary_folder
from maintenance_service.manifest import read_manifest
from running_stack import RunningStack, eth, free_stack_port, running_stack, wait_for

pytestmark = [pytest.mark.faults, pytest.mark.enable_socket]

SEED = 11
OPTIONS = ("--seed", str(SEED), "--speed", "60")


@pytest.fixture(scope="module")
def data_dir() -> Iterator[Path]:
    with temporary_folder() as folder:
        yield folder / "data"


@pytest.fixture(scope="module")
def backup(data_dir: Path) -> Path:
    """Of a stack that has decided signals, made while candles were written; it is down then."""
    with running_stack(data_dir, free_stack_port(), "simulated", OPTIONS) as stack:
        wait_for(lambda: decided(stack), seconds=120, what="a signal is decided")
        before = stored(stack)
        made = eth("backup", "--data-dir", str(data_dir)).stdout
        assert "restored and compared" in made
        wait_for(lambda: stored(stack) > before, seconds=60, what="candles went on")
        refused = eth("restore", "latest", "--data-dir", str(data_dir), check=False)
        assert (refused.returncode, "`./eth down` stops it" in refused.stderr) == (1, True)
        assert service(stack, "maintenance") == "ready"
        assert health(data_dir)["backup"]["verified"] == "contents"
    listed = eth("backup", "--list", "--data-dir", str(data_dir)).stdout
    path = next(Path(line) for line in made.splitlines() if line.endswith(".dump"))
    assert str(path) in listed
    return path


def stored(stack: RunningStack) -> int:
    """Bars of 1m."""
    return int(stack.data("/api/status")["series"][0]["candles"]["stored"])


def decided(stack: RunningStack) -> bool:
    decisions = stack.data("/api/status")["series"][0]["decisions"]
    return decisions is not None and decisions["lastDecidedMs"] is not None


def service(stack: RunningStack, name: str) -> str:
    services = stack.data("/api/status")["services"]
    return next(str(one["state"]) for one in services if one["name"] == name)


def health(data_dir: Path) -> dict[str, dict[str, object]]:
    told = eth("health", "--now", "--json", "--data-dir", str(data_dir), check=False)
    report: dict[str, dict[str, object]] = json.loads(told.stdout)
    return report


def destroy(folder: DataFolder) -> None:
    """The cluster itself, and all that the folder knows of its feed and time."""
    remove_reachable(folder.part("postgres") / "data")
    for file in (folder.feed_file, folder.clock_file, folder.heartbeat_file):
        file.unlink(missing_ok=True)


def test_after_the_data_are_destroyed_every_row_is_there_again_and_time_goes_on(
    data_dir: Path, backup: Path
) -> None:
    folder, manifest = DataFolder(data_dir / "simulated"), read_manifest(backup)
    destroy(folder)
    said = eth("restore", "latest", "--data-dir", str(data_dir)).stdout
    assert f"Restored {manifest.row_count:,} rows, all as they were" in said
    kept = manifest_contents(backup)
    with postgres_alone(folder):
        url = (folder.secrets / "database_url").read_text()
        found = BackedUp(url, folder.backups).contents()
    found.pop("room_log"), kept.pop("room_log")
    assert found == kept
    assert found["signals"].rows > 0
    feed = read_feed(folder.feed_file)
    assert feed is not None
    assert (feed.seed, feed.speed) == (SEED, 60.0)
    assert json.loads(folder.heartbeat_file.read_text()) == {"reachedMs": manifest.event_ms}
    with running_stack(data_dir, free_stack_port(), "simulated", ()) as stack:
        bars = kept["ohlcv_data"].rows
        wait_for(lambda: everything_stored(stack) > bars, seconds=120, what="candles come")
        feed_now = stack.data("/api/status")["feed"]
        assert feed_now["eventTimeMs"] >= manifest.event_ms
        assert missing(stack) == []


def everything_stored(stack: RunningStack) -> int:
    return sum(int(one["candles"]["stored"]) for one in stack.data("/api/status")["series"])


def missing(stack: RunningStack) -> list[int]:
    """Bars that the exchange has closed since the feed began and that are not stored."""
    ledger = {int(row[0]) for row in stack.ledger("ETHUSDT", "1m")[:-3]}
    rows = BackedUp(stack.database_url, Path()).rows(
        "SELECT timestamp FROM ohlcv_data WHERE timeframe = '1m'"
    )
    return sorted(ledger - {row[0] for row in rows})


def test_the_backup_of_another_feed_is_refused(data_dir: Path, backup: Path) -> None:
    with temporary_folder() as elsewhere:
        folder = DataFolder(elsewhere / "data" / "simulated")
        folder.create()
        shutil.copy(data_dir / "simulated" / "feed.json", folder.feed_file)
        told = json.loads(folder.feed_file.read_text())
        folder.feed_file.write_text(json.dumps(told | {"seed": SEED + 1}))
        wrong = eth("restore", str(backup), "--data-dir", str(elsewhere / "data"), check=False)
        assert wrong.returncode == 1
        assert "another simulated feed: the folder's has seed 12, not 11" in wrong.stderr
        assert not folder.part("postgres").exists()


def test_what_is_no_backup_is_refused(data_dir: Path, tmp_path: Path) -> None:
    absent = eth("restore", str(tmp_path / "x.dump"), "--data-dir", str(data_dir), check=False)
    assert (absent.returncode, "is no backup" in absent.stderr) == (1, True)
    assert "Traceback" not in absent.stderr
    nowhere = eth("restore", "latest", "--data-dir", str(tmp_path), check=False)
    assert (nowhere.returncode, "There is no backup below" in nowhere.stderr) == (1, True)
