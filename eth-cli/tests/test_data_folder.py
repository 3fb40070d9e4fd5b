import stat
from pathlib import Path

import pytest

from eth_cli.data_folder import DataFolder, data_folders, refuse_full_disk
from eth_cli.stack_errors import AlreadyRunningError, NoSpaceError, StackError


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    folder = DataFolder(tmp_path / "data" / "replay")
    folder.create()
    return folder


def test_secrets_are_for_their_owner_only(folder: DataFolder) -> None:
    assert stat.S_IMODE(folder.secrets.stat().st_mode) == 0o700


def test_a_folder_is_made_twice_without_harm(folder: DataFolder) -> None:
    folder.feed_file.write_text("{}")
    folder.create()
    assert folder.feed_file.exists()


def test_a_folder_of_somebody_else_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(StackError, match="other things"):
        DataFolder(tmp_path).create()
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_one_stack_at_a_time(folder: DataFolder) -> None:
    with folder.locked():
        assert folder.is_locked()
        with pytest.raises(AlreadyRunningError, match="already runs"), folder.locked():
            pass
    assert not folder.is_locked()


def test_clearing_deletes_the_data_and_keeps_the_neighbours(folder: DataFolder) -> None:
    neighbour = folder.root.parent / "live"
    neighbour.mkdir()
    (folder.part("postgres") / "data").mkdir(parents=True)
    folder.feed_file.write_text("{}")
    with folder.locked():
        folder.clear()
    assert not folder.feed_file.exists()
    assert not folder.part("postgres").exists()
    assert neighbour.exists()


def test_clearing_deletes_what_is_linked(folder: DataFolder, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    folder.part("postgres").mkdir()
    (folder.part("postgres") / "data").symlink_to(elsewhere)
    folder.clear()
    assert not elsewhere.exists()


def test_a_data_dir_knows_its_folders(folder: DataFolder) -> None:
    assert data_folders(folder.root.parent) == [folder]


def test_a_full_disk_is_refused_before_anything_is_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("eth_cli.data_folder.NEEDED_BYTES", 10**18)
    with pytest.raises(NoSpaceError, match="MB are free"):
        refuse_full_disk(tmp_path / "not" / "there" / "yet")
