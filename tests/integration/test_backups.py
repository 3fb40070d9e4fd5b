"""Backups of a real PostgreSQL, made, broken and restored by the programs that operators run."""

import json
import os
import signal
import stat
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest

from backed_up import BackedUp, manifest_contents
from eth_cli.postgres_server import PostgresServer
from maintenance_service.manifest import manifest_path

pytestmark = pytest.mark.integration

OTHER_DATABASES = "SELECT datname FROM pg_database WHERE datname ~ '^eth_(verify|restore)_'"


@pytest.fixture
def market(database_url: str, tmp_path: Path) -> BackedUp:
    market = BackedUp(database_url, tmp_path / "backups")
    market.fill(1, 20_000)
    return market


@pytest.fixture(autouse=True)
def kept_databases(postgres: PostgresServer) -> Iterator[None]:
    """What a restore kept is dropped after the test."""
    yield
    admin = BackedUp(postgres.database_url, Path())
    for (name,) in admin.rows("SELECT datname FROM pg_database WHERE datname ~ '_before_restore_'"):
        admin.execute(f"DROP DATABASE {name}")


def wait_until(holds: Callable[[], object]) -> None:
    deadline = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.01)


def drafts(market: BackedUp) -> list[Path]:
    return list(market.folder.glob("*.part"))


def backup_rows(market: BackedUp) -> list[tuple[object, ...]]:
    return market.rows("SELECT state, verified, error FROM backups ORDER BY started_at_ms")


def test_what_was_destroyed_while_candles_came_is_there_again(market: BackedUp) -> None:
    enough = Event()

    def write() -> int:
        bar = 20_001
        while not enough.is_set():
            market.fill(bar, bar)
            bar += 1
        return bar

    with ThreadPoolExecutor() as writers:
        writing = writers.submit(write)
        dump = market.back_up()
        enough.set()
        written = writing.result()
    kept = manifest_contents(dump)
    assert 20_000 <= kept["ohlcv_data"].rows < written - 1
    market.execute("DROP TABLE ohlcv_data, signals, alembic_version CASCADE; DELETE FROM room_log")
    restored = market.restore(dump)
    assert restored.code == 0, restored.errors
    assert restored.last["rows"] == sum(table.rows for table in kept.values())
    found = market.contents()
    epochs = {found.pop("room_log").rows, kept.pop("room_log").rows}
    assert epochs == {1}
    assert found == kept
    assert market.rows(OTHER_DATABASES) == []


def test_a_restored_log_of_rooms_is_another_one(market: BackedUp) -> None:
    before = market.rows("SELECT epoch FROM room_log")
    assert market.restore(market.back_up()).code == 0
    assert market.rows("SELECT epoch FROM room_log") != before


def test_a_backup_is_recorded_and_only_its_owner_may_read_it(market: BackedUp) -> None:
    dump = market.back_up()
    size, rows = market.rows("SELECT size_bytes, row_count FROM backups")[0]
    assert backup_rows(market) == [("done", "contents", None)]
    assert size == dump.stat().st_size
    assert rows == sum(table.rows for table in manifest_contents(dump).values())
    for path in (dump, manifest_path(dump)):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert drafts(market) == []
    assert market.rows(OTHER_DATABASES) == []


def test_a_killed_pg_dump_leaves_no_backup(market: BackedUp, tmp_path: Path) -> None:
    """Its stand-in writes half a dump and is then killed."""
    programs = tmp_path / "programs"
    programs.mkdir()
    real = Path(market.environment()["PG_BIN_DIR"])
    (programs / "pg_restore").symlink_to(real / "pg_restore")
    (programs / "pg_dump").write_text(
        f'#!/bin/sh\ncase "$1" in --version) exec {real}/pg_dump "$@";; esac\n'
        'for option in "$@"; do case "$option" in --file=*) file=${option#--file=};; esac; done\n'
        'printf PGDMP > "$file"; kill -9 $$\n'
    )
    (programs / "pg_dump").chmod(0o755)
    failed = market.run("back_up", PG_BIN_DIR=str(programs))
    assert failed.code == 1
    assert "pg_dump failed" in failed.errors
    assert list(market.folder.iterdir()) == []
    assert [row[0] for row in backup_rows(market)] == ["failed"]
    assert "no backup of the live feed" in market.restore("latest").errors


def test_what_a_killed_run_left_is_cleared_by_the_next(market: BackedUp) -> None:
    with market.begin("back_up") as process:
        wait_until(lambda: drafts(market))
        os.kill(process.pid, signal.SIGKILL)
    assert backup_rows(market) == [("running", None, None)]
    market.execute("CREATE DATABASE eth_verify_1")
    whole = market.back_up()
    assert drafts(market) == []
    assert sorted(market.folder.iterdir()) == [whole, manifest_path(whole)]
    assert market.rows(OTHER_DATABASES) == []
    failed, done = backup_rows(market)
    assert failed == ("failed", None, "the process ended before the backup did")
    assert done[0] == "done"


def test_a_run_that_is_asked_to_end_clears_up_first(market: BackedUp) -> None:
    with market.begin("back_up") as process:
        wait_until(lambda: drafts(market))
        process.terminate()
        _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (1, "it was stopped before its end\n")
    assert list(market.folder.iterdir()) == []
    assert backup_rows(market) == [("failed", None, "it was stopped before its end")]


def test_a_second_run_at_once_is_refused(market: BackedUp) -> None:
    with market.begin("back_up") as first:
        wait_until(lambda: drafts(market))
        os.kill(first.pid, signal.SIGSTOP)
        second = market.run("back_up")
        os.kill(first.pid, signal.SIGCONT)
        first.communicate(timeout=300)
    assert (first.returncode, second.code) == (0, 1)
    assert second.errors == "a backup is being made already\n"
    assert [row[0] for row in backup_rows(market)] == ["done"]


def test_a_damaged_dump_is_refused_and_nothing_is_touched(market: BackedUp) -> None:
    dump = market.back_up()
    before = market.contents()
    damaged = bytearray(dump.read_bytes())
    damaged[len(damaged) // 2] ^= 1
    dump.write_bytes(damaged)
    refused = market.restore(dump)
    assert refused.code == 1
    assert "is damaged" in refused.errors
    assert market.contents() == before


def test_a_dump_that_holds_something_else_is_refused_and_nothing_is_touched(
    market: BackedUp,
) -> None:
    """The sum of its bytes is right, and what it holds is not what was counted."""
    dump = market.back_up()
    told = json.loads(manifest_path(dump).read_text())
    told["tables"]["ohlcv_data"]["hash"] = "0" * 32
    manifest_path(dump).write_text(json.dumps(told))
    before = market.contents()
    refused = market.restore(dump)
    assert "ohlcv_data has other rows than it had" in refused.errors
    assert market.contents() == before
    assert market.rows(OTHER_DATABASES) == []


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"feed": {"kind": "replay", "source": "x", "symbols": []}}, "of the replay feed x"),
        ({"schemaRevision": "9999"}, "newer than this version's"),
        ({"serverVersion": 99}, "newer than this server"),
        ({"formatVersion": 99}, "has format 99"),
        ({"tables": None}, "is damaged, or no manifest"),
    ],
)
def test_a_backup_that_does_not_belong_here_is_refused(
    market: BackedUp, change: dict[str, object], sentence: str
) -> None:
    dump = market.back_up(BACKUPS_VERIFY="none")
    told = json.loads(manifest_path(dump).read_text())
    manifest_path(dump).write_text(json.dumps(told | change))
    refused = market.restore(dump)
    assert refused.code == 1
    assert sentence in refused.errors
    assert "Traceback" not in refused.errors


def test_files_that_are_no_backup_are_told_apart(market: BackedUp, tmp_path: Path) -> None:
    missing = market.restore(tmp_path / "nothing.dump")
    assert "is no backup" in missing.errors
    assert market.restore("latest").code == 1
    assert market.run("restore").code == 2


def test_a_database_in_use_is_not_replaced(market: BackedUp) -> None:
    dump = market.back_up()
    with ThreadPoolExecutor() as users:
        using = users.submit(market.execute, "SELECT pg_sleep(5)")
        wait_until(
            lambda: market.rows("SELECT 1 FROM pg_stat_activity WHERE query ~ '^SELECT pg_sleep'")
        )
        refused = market.restore(dump)
        using.result()
    assert refused.code == 1
    assert "stop the services first" in refused.errors


def test_the_earlier_database_is_kept_until_the_next_restore(market: BackedUp) -> None:
    dump = market.back_up()
    market.fill(1, 5, symbol="LATER")
    first = market.restore(dump).last["kept"]
    kept = BackedUp(market.database_url.rpartition("/")[0] + f"/{first}", Path())
    assert kept.rows("SELECT count(*) FROM ohlcv_data WHERE symbol = 'LATER'") == [(5,)]
    second = market.restore(dump).last["kept"]
    names = market.rows("SELECT datname FROM pg_database WHERE datname ~ '_before_restore_'")
    assert names == [(second,)]
    assert market.restore(dump, "--discard-old").code == 0
    assert market.rows("SELECT 1 FROM pg_database WHERE datname ~ '_before_restore_'") == []


def test_backups_made_after_a_restored_one_are_known_again(market: BackedUp) -> None:
    first, second = market.back_up(), market.back_up()
    assert market.restore(first).code == 0
    third = market.back_up()
    rows = market.rows("SELECT path, state FROM backups ORDER BY started_at_ms")
    assert rows == [(str(path), "done") for path in (first, second, third)]


@pytest.mark.parametrize(("how", "verified"), [("listing", "listing"), ("none", None)])
def test_how_a_backup_is_verified_is_a_setting(
    market: BackedUp, how: str, verified: str | None
) -> None:
    market.back_up(BACKUPS_VERIFY=how)
    assert backup_rows(market) == [("done", verified, None)]


def test_an_older_pg_dump_is_named_and_so_is_none(market: BackedUp, tmp_path: Path) -> None:
    old = tmp_path / "old"
    old.mkdir()
    for program in ("pg_dump", "pg_restore"):
        (old / program).write_text(f'#!/bin/sh\necho "{program} (PostgreSQL) 9.6.1"\n')
        (old / program).chmod(0o755)
    assert "older than the server" in market.run("back_up", PG_BIN_DIR=str(old)).errors
    nothing = market.run("back_up", PG_BIN_DIR=str(tmp_path))
    assert (nothing.code, "no program pg_dump was found" in nothing.errors) == (1, True)
    assert market.run("back_up", BACKUPS_VERIFY="maybe").code == 2
