"""The stack's one clock, from the side that starts and stops it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from eth_cli.data_folder import DataFolder
from eth_cli.feed import Feed
from eth_cli.heartbeat import LEAD_SECONDS, keep_reached, reached_ms
from service_kit.clock import ClockState, wall_now_ms


class EventClock:
    """Writes the clock file and the heartbeat of a replayed or simulated feed."""

    def __init__(
        self, folder: DataFolder, feed: Feed, wall: Callable[[], float] = wall_now_ms
    ) -> None:
        self._wall = wall
        self._file: Path = folder.clock_file
        self._heartbeat: Path = folder.heartbeat_file
        reached = reached_ms(self._heartbeat, feed.epoch_ms)
        if feed.end_ms is not None:
            reached = min(reached, feed.end_ms)
        self._state = ClockState(
            event_epoch_ms=reached, wall_epoch_ms=None, speed=feed.speed, end_ms=feed.end_ms
        )

    @property
    def now_ms(self) -> int:
        return self._state.at(self._wall())

    def pause(self) -> None:
        """Let time stand still where it is; the next run goes on from there."""
        self._state = self._state.paused(self.now_ms)
        self._state.write(self._file)
        keep_reached(self._heartbeat, self._state.event_epoch_ms)

    def start(self) -> None:
        self._state = self._state.started(int(self._wall()))
        self.beat()
        self._state.write(self._file)

    def beat(self) -> None:
        """Keep a moment that the clock cannot pass before the next beat."""
        keep_reached(self._heartbeat, self._state.at(self._wall() + LEAD_SECONDS * 1000))
