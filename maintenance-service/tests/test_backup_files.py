from pathlib import Path

import pytest

from maintenance_service.backup_errors import RestoreError
from maintenance_service.backup_files import (
    delete_backup,
    delete_leftovers,
    dump_name,
    newest_backup,
    whole_backups,
)
from maintenance_service.manifest import (
    FeedIdentity,
    Manifest,
    TableContent,
    manifest_path,
    read_manifest,
    write_durably,
)

STARTED_MS = 1_790_000_000_123


def make(folder: Path, kind: str = "live", started_at_ms: int = STARTED_MS) -> Path:
    dump = folder / dump_name(kind, started_at_ms)
    dump.write_bytes(b"PGDMP")
    manifest = Manifest(
        format_version=1,
        started_at_ms=started_at_ms,
        event_ms=started_at_ms,
        feed=FeedIdentity(kind=kind, source="binance", symbols=("ETH/USDT",)),
        schema_revision="0007",
        server_version=15,
        database_bytes=10,
        dump_bytes=5,
        dump_sha256="0" * 64,
        tables={"signals": TableContent(rows=3, hash="0" * 32)},
    )
    write_durably(manifest_path(dump), manifest.model_dump_json(by_alias=True))
    return dump


def test_names_sort_by_time() -> None:
    assert dump_name("live", STARTED_MS) == "eth-live-20260921T141320123Z.dump"
    assert dump_name("live", STARTED_MS) < dump_name("live", STARTED_MS + 1)


def test_a_manifest_is_read_as_it_was_written(tmp_path: Path) -> None:
    manifest = read_manifest(make(tmp_path))
    assert (manifest.row_count, manifest.feed.symbols) == (3, ("ETH/USDT",))


def test_half_a_backup_is_none(tmp_path: Path) -> None:
    whole = make(tmp_path)
    make(tmp_path, started_at_ms=STARTED_MS + 1).unlink()
    half = make(tmp_path, started_at_ms=STARTED_MS + 2)
    manifest_path(half).rename(half.with_name(half.name + ".json.part"))
    assert [path for path, _ in whole_backups(tmp_path)] == [whole]


def test_what_killed_runs_left_goes_and_what_others_put_there_stays(tmp_path: Path) -> None:
    whole, half = make(tmp_path), make(tmp_path, started_at_ms=STARTED_MS + 1)
    manifest_path(half).unlink()
    (tmp_path / f"{half.name}.part").touch()
    theirs = tmp_path / "eth-notes.dump"
    theirs.touch()
    other_feed = tmp_path / f"{dump_name('replay', STARTED_MS)}.part"
    other_feed.touch()
    delete_leftovers(tmp_path, "live")
    assert sorted(tmp_path.iterdir()) == sorted([whole, manifest_path(whole), theirs, other_feed])


def test_the_newest_is_of_the_feed_that_was_asked_for(tmp_path: Path) -> None:
    make(tmp_path)
    newer = make(tmp_path, started_at_ms=STARTED_MS + 1)
    make(tmp_path, kind="replay", started_at_ms=STARTED_MS + 2)
    assert newest_backup(tmp_path, "live") == newer
    with pytest.raises(RestoreError, match="no backup of the simulated feed"):
        newest_backup(tmp_path, "simulated")


def test_a_deleted_backup_leaves_nothing_and_can_be_deleted_twice(tmp_path: Path) -> None:
    dump = make(tmp_path)
    delete_backup(dump)
    delete_backup(dump)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("text", ["", "{", "[]", '{"formatVersion": 1}', "\x00"])
def test_a_damaged_manifest_is_one_sentence(tmp_path: Path, text: str) -> None:
    dump = make(tmp_path)
    manifest_path(dump).write_text(text)
    with pytest.raises(RestoreError, match="is damaged, or no manifest of a backup"):
        read_manifest(dump)
