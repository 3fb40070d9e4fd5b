import os
from pathlib import Path

import psutil
import pytest

from eth_cli import known_folders as module
from eth_cli.data_folder import DataFolder
from eth_cli.known_folders import known_folders, meant_folders, remember_folder
from eth_cli.stack_errors import WrongOptionError
from eth_cli.stack_state import ProcessName, StackState, read_state, write_state
from eth_cli.stop_stack import runs


@pytest.fixture(autouse=True)
def _own_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "NOTES", tmp_path / "notes")
    monkeypatch.setattr(module, "DATA", tmp_path / "usual")


def made(root: Path) -> DataFolder:
    folder = DataFolder(root)
    folder.create()
    return folder


def state_of(folder: DataFolder, supervisor: ProcessName) -> StackState:
    return StackState(
        phase="running",
        supervisor=supervisor,
        folder=str(folder.root),
        url="http://localhost:3000",
        ports={},
        kind="replay",
        source="replay:x",
        speed=1.0,
        parts=(),
    )


def test_folders_used_elsewhere_are_found_beside_the_usual_ones(tmp_path: Path) -> None:
    usual, other = made(tmp_path / "usual" / "live"), made(tmp_path / "other" / "replay")
    remember_folder(other)
    remember_folder(usual)
    assert known_folders(None) == [usual, other]
    assert known_folders(tmp_path / "other") == [other]


def test_a_folder_that_is_gone_is_forgotten(tmp_path: Path) -> None:
    remember_folder(DataFolder(tmp_path / "gone"))
    assert known_folders(None) == []
    assert list((tmp_path / "notes").iterdir()) == []


def test_the_usual_stack_is_meant_when_none_is_named(tmp_path: Path) -> None:
    usual, other = DataFolder(tmp_path / "usual" / "live"), DataFolder(tmp_path / "b" / "live")
    assert meant_folders([other, usual]) == [usual]


def test_the_only_stack_is_meant_wherever_it_is(tmp_path: Path) -> None:
    assert meant_folders([DataFolder(tmp_path / "a" / "live")]) == [
        DataFolder(tmp_path / "a" / "live")
    ]
    assert meant_folders([]) == []


def test_of_several_other_stacks_one_must_be_named(tmp_path: Path) -> None:
    others = [DataFolder(tmp_path / name / "live") for name in ("a", "b")]
    with pytest.raises(WrongOptionError, match="--data-dir"):
        meant_folders(others)


def test_a_state_is_read_as_it_was_written(tmp_path: Path) -> None:
    folder = made(tmp_path / "replay")
    state = state_of(folder, ProcessName(os.getpid(), psutil.Process().create_time()))
    write_state(folder.state_file, state)
    assert read_state(folder.state_file) == state
    assert runs(folder)


def test_a_pid_that_now_names_another_process_does_not_run(tmp_path: Path) -> None:
    folder = made(tmp_path / "replay")
    write_state(folder.state_file, state_of(folder, ProcessName(os.getpid(), created=1.0)))
    assert not runs(folder)


@pytest.mark.parametrize("content", ["", "{}", "[1]", '{"supervisor": 5, "parts": []}'])
def test_a_damaged_state_is_no_state(tmp_path: Path, content: str) -> None:
    path = tmp_path / "state.json"
    path.write_text(content)
    assert read_state(path) is None
