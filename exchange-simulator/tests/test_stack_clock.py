from collections.abc import Sequence
from pathlib import Path

import pytest

from exchange_simulator import keep_clock
from exchange_simulator.errors import OtherFeedError
from exchange_simulator.feed import Feed, open_simulated
from exchange_simulator.stack_clock import StackClock
from service_kit.clock import ClockState
from trading_core.symbol import Symbol

START_MS = 1_772_406_000_000
ETH = (Symbol("ETH", "USDT"),)


class Wall:
    now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "clock.json"


def feed(seed: int = 42) -> Feed:
    return open_simulated(seed, ETH, START_MS)


def test_time_stands_at_the_feed_s_start_until_it_is_started(path: Path) -> None:
    wall = Wall()
    clock = StackClock(path, feed(), 60, wall)
    assert not clock.runs
    wall.now += 5_000
    assert ClockState.read(path).at(wall.now) == START_MS
    clock.start()
    wall.now += 1_000
    assert clock.runs
    assert ClockState.read(path).at(wall.now) == START_MS + 60_000


def test_a_paused_clock_goes_on_where_it_stood(path: Path) -> None:
    wall = Wall()
    first = StackClock(path, feed(), 60, wall)
    first.start()
    wall.now += 2_000
    first.pause()
    wall.now += 3_600_000
    second = StackClock(path, feed(), 60, wall)
    assert not second.runs
    second.start()
    assert ClockState.read(path).at(wall.now) == START_MS + 120_000


def test_a_clock_that_was_left_running_never_goes_back(path: Path) -> None:
    wall = Wall()
    StackClock(path, feed(), 60, wall).start()
    wall.now += 10_000
    again = StackClock(path, feed(), 60, wall)
    assert again.runs
    again.start()
    assert ClockState.read(path).at(wall.now) == START_MS + 600_000


@pytest.mark.parametrize(("seed", "speed"), [(43, 60.0), (42, 1.0)])
def test_another_feed_is_refused_in_words(path: Path, seed: int, speed: float) -> None:
    StackClock(path, feed(), 60)
    with pytest.raises(OtherFeedError, match="down --volumes"):
        StackClock(path, feed(seed), speed)


def test_a_clock_without_a_file_is_refused_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("CLOCK_FILE", raising=False)
    with pytest.raises(SystemExit) as ended:
        keep_clock.main()
    assert ended.value.code == 2
    assert "CLOCK_FILE" in capsys.readouterr().err


def test_a_replay_without_recordings_is_refused_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], path: Path
) -> None:
    monkeypatch.setenv("CLOCK_FILE", str(path))
    monkeypatch.setenv("SIMULATOR_FEED", "replay")
    with pytest.raises(SystemExit) as ended:
        keep_clock.main()
    assert ended.value.code == 2
    assert "at least one recording" in capsys.readouterr().err


async def test_time_begins_when_everybody_answers_and_stops_when_asked(
    monkeypatch: pytest.MonkeyPatch, path: Path
) -> None:
    looks = iter((False, False, True))

    async def all_answer(addresses: Sequence[str]) -> bool:
        assert addresses == ["http://one/readyz"]
        if answers := next(looks):
            keep_clock.signal.raise_signal(keep_clock.signal.SIGTERM)
        return answers

    monkeypatch.setattr(keep_clock, "_all_answer", all_answer)
    monkeypatch.setattr(keep_clock, "POLL_SECONDS", 0.001)
    clock = StackClock(path, feed(), 1.0)
    await keep_clock.keep(clock, ["http://one/readyz"])
    assert next(looks, None) is None
    assert not clock.runs
