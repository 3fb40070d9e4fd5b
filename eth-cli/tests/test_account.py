from pathlib import Path

import pytest

from eth_cli import account
from eth_cli.account import Account, can_enter, open_to_all, reachable, remove_reachable

STRANGER = Account(uid=64_001, gid=64_001)


@pytest.fixture
def closed(tmp_path: Path) -> Path:
    folder = tmp_path / "closed"
    folder.mkdir(mode=0o700)
    return folder


@pytest.fixture
def shared_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(account, "SHARED_STATE", tmp_path / "shared")
    return tmp_path / "shared"


def test_our_own_account_goes_where_we_go(closed: Path) -> None:
    assert can_enter(closed, None)
    assert reachable(closed / "data", None) == closed / "data"


def test_a_stranger_cannot_enter_a_closed_folder(closed: Path) -> None:
    assert not can_enter(closed, STRANGER)
    assert can_enter(Path("/usr"), STRANGER)


def test_data_that_an_account_could_not_reach_get_a_linked_stand_in(
    closed: Path, shared_state: Path
) -> None:
    place = reachable(closed / "data", STRANGER)
    assert place.parent.parent == shared_state
    assert (closed / "data").is_symlink()


def test_the_choice_stays_when_permissions_change(closed: Path, shared_state: Path) -> None:
    place = reachable(closed / "data", STRANGER)
    place.mkdir()
    closed.chmod(0o755)
    assert reachable(closed / "data", STRANGER) == place
    assert place.is_relative_to(shared_state)


def test_two_folders_never_share_a_stand_in(closed: Path, shared_state: Path) -> None:
    first = reachable(closed / "data", STRANGER)
    (closed / "data").unlink()
    second = reachable(closed / "data", STRANGER)
    assert first != second
    assert first.is_relative_to(shared_state)


def test_removing_takes_the_stand_in_along(closed: Path, shared_state: Path) -> None:
    reachable(closed / "data", STRANGER).mkdir()
    remove_reachable(closed / "data")
    assert list(shared_state.iterdir()) == []
    assert list(closed.iterdir()) == []


def test_a_copy_can_be_opened_to_all(closed: Path) -> None:
    program = closed / "program"
    program.touch(mode=0o700)
    text = closed / "text"
    text.touch(mode=0o600)
    open_to_all(closed)
    modes = [path.stat().st_mode & 0o777 for path in (closed, program, text)]
    assert modes == [0o755, 0o755, 0o644]
