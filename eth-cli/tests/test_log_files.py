from pathlib import Path

import pytest

from eth_cli.data_folder import DataFolder
from eth_cli.last_line import last_line
from eth_cli.log_rotation import KEPT, rotate
from eth_cli.show_logs import logs_of, new_lines, print_newest
from eth_cli.stack_errors import WrongOptionError


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    folder = DataFolder(tmp_path / "replay")
    folder.create()
    folder.log_of("market").write_text("one\ntwo\nthree\n")
    folder.log_of("gateway").write_text("hello\n")
    return folder


def test_a_log_too_large_is_moved_aside_while_its_writer_goes_on(tmp_path: Path) -> None:
    log = tmp_path / "market.log"
    with log.open("a") as writer:
        writer.write("x" * 100)
        writer.flush()
        rotate(log, largest_bytes=50)
        writer.write("new")
    assert log.read_text() == "new"
    assert (tmp_path / "market.log.1").read_text() == "x" * 100


def test_only_so_many_old_logs_are_kept(tmp_path: Path) -> None:
    log = tmp_path / "market.log"
    for number in range(KEPT + 3):
        log.write_text(str(number) * 10)
        rotate(log, largest_bytes=5)
    kept = sorted(path.name for path in tmp_path.iterdir())
    assert kept == ["market.log", *(f"market.log.{number}" for number in range(1, KEPT + 1))]
    assert (tmp_path / "market.log.1").read_text() == str(KEPT + 2) * 10


def test_a_small_log_stays(tmp_path: Path) -> None:
    log = tmp_path / "market.log"
    log.write_text("x")
    rotate(log, largest_bytes=50)
    assert list(tmp_path.iterdir()) == [log]


def test_the_newest_lines_of_one_part_stand_alone(folder: DataFolder) -> None:
    shown: list[str] = []
    print_newest(logs_of(folder, "market"), 2, shown.append)
    assert shown == ["two\n", "three\n"]


def test_the_lines_of_several_parts_are_labelled(folder: DataFolder) -> None:
    shown: list[str] = []
    print_newest(logs_of(folder, None), 1, shown.append)
    assert shown == ["   gateway | hello\n", "    market | three\n"]


def test_a_part_without_a_log_is_refused_and_the_others_named(folder: DataFolder) -> None:
    with pytest.raises(WrongOptionError, match="gateway, market"):
        logs_of(folder, "nosuch")


def test_following_shows_whole_new_lines_only(folder: DataFolder) -> None:
    log = folder.log_of("market")
    tail = new_lines(log)
    assert next(tail) == []
    with log.open("a") as writer:
        writer.write("four\nfi")
        writer.flush()
        assert next(tail) == ["four\n"]
        writer.write("ve\n")
    assert next(tail) == ["five\n"]


def test_following_goes_on_after_a_rotation(folder: DataFolder) -> None:
    log = folder.log_of("market")
    tail = new_lines(log)
    next(tail)
    rotate(log, largest_bytes=1)
    log.write_text("new\n")
    assert next(tail) == ["new\n"]


def test_the_last_line_is_the_last_that_says_anything(tmp_path: Path) -> None:
    log = tmp_path / "market.log"
    log.write_text("first\n  reason  \n\n")
    assert last_line(log) == "reason"
    log.write_text("\n")
    assert last_line(log) == "it said nothing"
