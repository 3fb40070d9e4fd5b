from dataclasses import dataclass
from pathlib import Path

from eth_cli.data_folder import DataFolder
from eth_cli.event_clock import EventClock
from eth_cli.feed import Feed
from eth_cli.heartbeat import LEAD_SECONDS, reached_ms
from service_kit.clock import ClockState

EPOCH_MS = 1_722_807_000_000
FEED = Feed(
    kind="replay",
    source="replay:x",
    symbols=("ETH/USDT",),
    speed=60.0,
    epoch_ms=EPOCH_MS,
    end_ms=EPOCH_MS + 600_000,
)


@dataclass
class Wall:
    ms: float = 5_000.0

    def __call__(self) -> float:
        return self.ms


def clock_in(folder: Path, wall: Wall) -> EventClock:
    return EventClock(DataFolder(folder), FEED, wall)


def test_time_stands_still_until_it_is_started(tmp_path: Path) -> None:
    wall = Wall()
    clock = clock_in(tmp_path, wall)
    clock.pause()
    wall.ms += 10_000
    assert clock.now_ms == EPOCH_MS
    assert ClockState.read(tmp_path / "clock.json").wall_epoch_ms is None


def test_time_runs_at_the_feeds_speed(tmp_path: Path) -> None:
    wall = Wall()
    clock = clock_in(tmp_path, wall)
    clock.start()
    wall.ms += 1_000
    assert clock.now_ms == EPOCH_MS + 60_000
    assert ClockState.read(tmp_path / "clock.json").at(wall.ms) == clock.now_ms


def test_a_restart_goes_on_where_the_clock_was_paused(tmp_path: Path) -> None:
    wall = Wall()
    clock = clock_in(tmp_path, wall)
    clock.start()
    wall.ms += 1_000
    clock.pause()
    wall.ms += 3_600_000
    assert clock_in(tmp_path, wall).now_ms == EPOCH_MS + 60_000


def test_after_a_kill_no_restart_begins_in_its_own_past(tmp_path: Path) -> None:
    wall = Wall()
    clock = clock_in(tmp_path, wall)
    clock.start()
    wall.ms += LEAD_SECONDS * 1000
    reached_before_the_kill = clock.now_ms
    again = clock_in(tmp_path, wall)
    assert again.now_ms >= reached_before_the_kill
    assert again.now_ms <= reached_before_the_kill + LEAD_SECONDS * 1000 * FEED.speed


def test_no_restart_goes_past_the_end_of_a_recording(tmp_path: Path) -> None:
    wall = Wall()
    clock = clock_in(tmp_path, wall)
    clock.start()
    wall.ms += 3_600_000
    clock.beat()
    assert clock_in(tmp_path, wall).now_ms == FEED.end_ms


def test_a_damaged_heartbeat_begins_at_the_first_moment(tmp_path: Path) -> None:
    (tmp_path / "heartbeat.json").write_text("{")
    assert reached_ms(tmp_path / "heartbeat.json", EPOCH_MS) == EPOCH_MS
