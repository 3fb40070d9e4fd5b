"""The one clock: event time, which a replay may run faster than the wall.

now = event_epoch + (wall − wall_epoch) × speed, cut at the end of a recording. Bars, schedules and
horizons are event time; time-outs, back-off and the ages that people see are wall time.
"""

import asyncio
import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Final, Self

POLL_SECONDS: Final = 0.1
"""How often a clock that stands still looks whether it has been started."""


class ClockFileError(ValueError):
    """The clock file is missing, or is not what `ClockState.write` writes."""


@dataclass(frozen=True, slots=True)
class ClockState:
    """A stack's time, as all its parts read it. `wall_epoch_ms` is None while it stands still."""

    event_epoch_ms: int
    wall_epoch_ms: int | None
    speed: float = 1.0
    end_ms: int | None = None

    def at(self, wall_ms: float) -> int:
        """Event time in milliseconds at a wall time in milliseconds."""
        if self.wall_epoch_ms is None:
            return self.event_epoch_ms
        now = self.event_epoch_ms + int((wall_ms - self.wall_epoch_ms) * self.speed)
        return now if self.end_ms is None else min(now, self.end_ms)

    def started(self, wall_epoch_ms: int) -> Self:
        return replace(self, wall_epoch_ms=wall_epoch_ms)

    def paused(self, event_ms: int) -> Self:
        return replace(self, event_epoch_ms=event_ms, wall_epoch_ms=None)

    @classmethod
    def read(cls, path: Path) -> Self:
        """Raises ClockFileError."""
        try:
            fields = json.loads(path.read_text())
            state = cls(
                int(fields["event_epoch_ms"]),
                None if fields["wall_epoch_ms"] is None else int(fields["wall_epoch_ms"]),
                float(fields["speed"]),
                None if fields["end_ms"] is None else int(fields["end_ms"]),
            )
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ClockFileError(f"clock file {path}: {error}") from error
        if not state.speed > 0:
            raise ClockFileError(f"clock file {path}: speed {state.speed} is not above zero")
        return state

    def write(self, path: Path) -> None:
        """Replace the file in one step, so that a reader never sees half of it."""
        draft = path.with_name(path.name + ".new")
        draft.write_text(json.dumps(asdict(self)))
        draft.replace(path)


def wall_now_ms() -> float:
    return time.time() * 1000


class Clock:
    """Follows a clock file; without one, event time is wall time."""

    def __init__(self, path: Path | None = None, wall: Callable[[], float] = wall_now_ms) -> None:
        """Raises ClockFileError where there is a path and no readable state in it."""
        self._path = path
        self._wall = wall
        self._version: tuple[int, int] | None = None
        self._looked_at_ms = -1e18
        self._state = ClockState(0, 0)
        self._follow()

    def _follow(self) -> None:
        """Read the file again when it was replaced; looks at most every POLL_SECONDS."""
        wall = self._wall()
        if self._path is None or 0 <= wall - self._looked_at_ms < POLL_SECONDS * 1000:
            return
        self._looked_at_ms = wall
        try:
            stat = self._path.stat()
            version = (stat.st_mtime_ns, stat.st_ino)
            if version != self._version:
                self._state = ClockState.read(self._path)
                self._version = version
        except (OSError, ClockFileError) as error:
            if self._version is None:
                raise ClockFileError(f"clock file {self._path}: {error}") from error

    @property
    def state(self) -> ClockState:
        self._follow()
        return self._state

    def now_ms(self) -> int:
        return self.state.at(self._wall())

    def wall_ms(self) -> int:
        return int(self._wall())

    @property
    def speed(self) -> float:
        return self.state.speed

    @property
    def started(self) -> bool:
        return self.state.wall_epoch_ms is not None

    @property
    def ended(self) -> bool:
        """The recording is played out and time stands still at its end."""
        end_ms = self.state.end_ms
        return end_ms is not None and self.now_ms() >= end_ms

    def age_ms(self, event_ms: int) -> int:
        """How long ago an event was, in wall milliseconds; never negative."""
        return max(0, round((self.now_ms() - event_ms) / self.speed))

    def wall_seconds_until(self, event_ms: int) -> float:
        """Wall seconds until event time reaches `event_ms`; infinite while the clock stands."""
        state = self.state
        if state.wall_epoch_ms is None or (state.end_ms is not None and event_ms > state.end_ms):
            return float("inf")
        reached_at = state.wall_epoch_ms + (event_ms - state.event_epoch_ms) / state.speed
        return max(0.0, (reached_at - self._wall()) / 1000)

    async def sleep_until(self, event_ms: int) -> None:
        """Return once event time has reached `event_ms`, also when the clock starts meanwhile."""
        while self.now_ms() < event_ms:
            wait = self.wall_seconds_until(event_ms)
            await asyncio.sleep(
                min(max(wait, 0.001), 1.0) if wait != float("inf") else POLL_SECONDS
            )
