"""The clock file of a stack that plays a feed, from the side that starts and stops it.

`./eth up` does this for a local stack (eth_cli.event_clock); in containers keep_clock does.
"""

from collections.abc import Callable
from pathlib import Path

import orjson

from exchange_simulator.errors import OtherFeedError
from exchange_simulator.feed import Feed
from service_kit.clock import ClockState, wall_now_ms


class StackClock:
    """A clock that was left running, by a kill, goes on: what was missed is a hole, and healed."""

    def __init__(
        self, path: Path, feed: Feed, speed: float, wall: Callable[[], float] = wall_now_ms
    ) -> None:
        """Begins where the feed does, or goes on where it stood. Raises: OtherFeedError."""
        self._path = path
        self._wall = wall
        self._claim(feed, speed)
        if path.exists():
            self._state = ClockState.read(path)
        else:
            self._state = ClockState(feed.start_ms, None, speed, feed.end_ms)
            self._state.write(path)

    @property
    def runs(self) -> bool:
        return self._state.wall_epoch_ms is not None

    def start(self) -> None:
        if not self.runs:
            self._state = self._state.started(int(self._wall()))
            self._state.write(self._path)

    def pause(self) -> None:
        self._state = self._state.paused(self._state.at(self._wall()))
        self._state.write(self._path)

    def _claim(self, feed: Feed, speed: float) -> None:
        known = self._path.with_name("feed.json")
        ours = orjson.dumps({"feed": feed.identity, "speed": speed}, option=orjson.OPT_SORT_KEYS)
        if known.exists() and known.read_bytes() != ours:
            raise OtherFeedError(
                "this stack has played another feed, or at another speed: go on with that one, or "
                "delete its data first (docker compose down --volumes)"
            )
        if not known.exists():
            known.write_bytes(ours)
