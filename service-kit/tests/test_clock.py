import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service_kit.clock import Clock, ClockFileError, ClockState

EPOCH = 1_722_807_000_000


class Wall:
    def __init__(self, now_ms: float = 1_000_000.0) -> None:
        self.now_ms = now_ms

    def __call__(self) -> float:
        return self.now_ms


def test_event_time_runs_at_its_speed_from_its_epoch() -> None:
    state = ClockState(EPOCH, 5_000, speed=60)
    assert state.at(5_000) == EPOCH
    assert state.at(6_500) == EPOCH + 90_000


def test_a_clock_that_is_not_started_stands_at_its_epoch() -> None:
    assert ClockState(EPOCH, None, speed=60).at(123_456) == EPOCH


def test_event_time_never_passes_the_end_of_a_recording() -> None:
    assert ClockState(EPOCH, 0, speed=60, end_ms=EPOCH + 1_000).at(1e9) == EPOCH + 1_000


@given(st.floats(0, 1e12), st.floats(0, 1e12), st.floats(0.1, 120))
def test_event_time_never_goes_back_while_wall_time_goes_on(
    first: float, second: float, speed: float
) -> None:
    state = ClockState(EPOCH, 0, speed)
    early, late = sorted((first, second))
    assert state.at(early) <= state.at(late)


def test_without_a_file_event_time_is_wall_time() -> None:
    wall = Wall(42_000)
    assert Clock(wall=wall).now_ms() == 42_000
    assert Clock(wall=wall).started


def test_a_state_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    state = ClockState(EPOCH, 77, 60.0, EPOCH + 5)
    state.write(tmp_path / "clock.json")
    assert ClockState.read(tmp_path / "clock.json") == state


def test_a_clock_follows_its_file_when_the_stack_is_started(tmp_path: Path) -> None:
    path, wall = tmp_path / "clock.json", Wall()
    paused = ClockState(EPOCH, None, speed=60)
    paused.write(path)
    clock = Clock(path, wall)
    wall.now_ms += 10_000
    assert clock.now_ms() == EPOCH
    assert not clock.started
    paused.started(int(wall.now_ms)).write(path)
    wall.now_ms += 1_000
    assert clock.now_ms() == EPOCH + 60_000
    assert clock.started


def test_a_clock_goes_on_when_its_file_is_broken_later(tmp_path: Path) -> None:
    path, wall = tmp_path / "clock.json", Wall()
    ClockState(EPOCH, int(wall.now_ms)).write(path)
    clock = Clock(path, wall)
    path.write_text("{")
    wall.now_ms += 1_000
    assert clock.now_ms() == EPOCH + 1_000


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{}",
        json.dumps({"event_epoch_ms": 1, "wall_epoch_ms": None, "speed": 0, "end_ms": None}),
        json.dumps({"event_epoch_ms": "x", "wall_epoch_ms": None, "speed": 1, "end_ms": None}),
    ],
)
def test_a_file_that_is_no_clock_is_refused_by_its_name(tmp_path: Path, content: str) -> None:
    path = tmp_path / "clock.json"
    path.write_text(content)
    with pytest.raises(ClockFileError, match=r"clock\.json"):
        Clock(path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ClockFileError, match="nowhere"):
        Clock(tmp_path / "nowhere.json")


def test_ages_and_waits_are_wall_time(tmp_path: Path) -> None:
    path, wall = tmp_path / "clock.json", Wall()
    ClockState(EPOCH, int(wall.now_ms), speed=60).write(path)
    clock = Clock(path, wall)
    wall.now_ms += 1_000
    assert clock.age_ms(EPOCH) == 1_000
    assert clock.age_ms(EPOCH + 600_000) == 0
    assert clock.wall_seconds_until(EPOCH + 120_000) == pytest.approx(1.0)
    assert clock.wall_seconds_until(EPOCH) == 0


def test_a_time_after_the_end_is_never_reached(tmp_path: Path) -> None:
    path, wall = tmp_path / "clock.json", Wall()
    ClockState(EPOCH, int(wall.now_ms), speed=60, end_ms=EPOCH + 60_000).write(path)
    clock = Clock(path, wall)
    assert clock.wall_seconds_until(EPOCH + 60_001) == float("inf")
    wall.now_ms += 1_000
    assert clock.ended


async def test_sleeping_until_a_time_that_has_come_returns_at_once() -> None:
    await Clock(wall=Wall(10)).sleep_until(9)
