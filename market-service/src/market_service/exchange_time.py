"""What time it is at the exchange, and which bars are settled there.

The exchange's clock and ours differ. Its answer was written between our question and its arrival,
so the offset lies between two bounds: by the lower one, what we call past is past over there; by
the upper one, what we call future is future over there. A reading that differs from the last one
by more than a second counts only when the next one says the same.

A bar is settled one wall second after its close. Until then the exchange's REST side may still
show another version of it than the stream, whose closing frame is the truth; at 120× that second
is two minutes of event time, and a bar simply is collected later.
"""

from dataclasses import dataclass
from typing import Final, Protocol

from market_service.fault_kind import FaultKind
from market_service.fault_log import FaultLog
from service_kit.clock import Clock
from service_kit.errors import UnavailableError
from trading_core.timeframe import MINUTE_MS

SETTLE_MS: Final = 1_000
MEASURE_EVERY_MS: Final = 10 * MINUTE_MS
"""Wall time."""
DOUBTED_EVERY_MS: Final = 5_000
"""Wall time between two measurements at least, however often there is cause for one."""
LONGEST_SKEW_MS: Final = 30_000
"""Wall time by which the exchange's clock may fall behind between two measurements."""
SKEW_MS: Final = 1_000
"""Wall time; less is what networks and busy machines do to a reading."""


class TimeSource(Protocol):
    async def server_time_ms(self) -> int: ...


@dataclass(frozen=True, slots=True)
class _Offset:
    """Of the exchange's event time from ours, in milliseconds."""

    lower_ms: int = 0
    upper_ms: int = 0

    def differs_from(self, other: "_Offset", most_ms: float) -> bool:
        return self.lower_ms > other.upper_ms + most_ms or self.upper_ms < other.lower_ms - most_ms


class ExchangeTime:
    def __init__(self, source: TimeSource, clock: Clock, faults: FaultLog) -> None:
        self._source = source
        self._clock = clock
        self._faults = faults
        self._offset = _Offset()
        self._measured_at: tuple[int, bool] | None = None
        self._is_doubted = False

    def now_ms(self) -> int:
        """Event time at the exchange; never ahead of it once measured."""
        return self._clock.now_ms() + self._offset.lower_ms

    def settled_ms(self) -> int:
        """Bars that close at or before this event time are final also over REST."""
        if self._clock.ended:
            return self.now_ms()
        return self.now_ms() - round(SETTLE_MS * self._clock.speed)

    def wall_ms_since(self, event_ms: int) -> float:
        return (self.now_ms() - event_ms) / self._clock.speed

    def is_long_past(self, event_ms: int) -> bool:
        """By more than any skew of clocks explains."""
        return self._clock.ended or self.wall_ms_since(event_ms) >= LONGEST_SKEW_MS

    def wall_ms_until(self, event_ms: int) -> float:
        """At the least; negative for the past, and while nothing was measured."""
        if self._measured_at is None:
            return float("-inf")
        return (event_ms - self._clock.now_ms() - self._offset.upper_ms) / self._clock.speed

    def doubt(self) -> None:
        """Something does not fit: measure again soon."""
        self._is_doubted = True

    async def keep_measured(self) -> None:
        """Measure, unless that was done a while ago; again once a recording has ended.

        Raises ExchangeError and StoreUnavailableError, but only where nothing was ever measured:
        an old offset is better than none.
        """
        if self._is_fresh():
            return
        wall_ms, ended = self._clock.wall_ms(), self._clock.ended
        try:
            self._offset = await self._measure()
        except UnavailableError:
            if self._measured_at is None:
                raise
            return
        self._measured_at, self._is_doubted = (wall_ms, ended), False

    async def _measure(self) -> _Offset:
        first = await self._read()
        most_ms = SKEW_MS * self._clock.speed
        if self._measured_at is None or not first.differs_from(self._offset, most_ms):
            return first
        second = await self._read()
        if second.differs_from(first, most_ms):
            return self._offset
        wall_ms = (second.lower_ms - self._offset.lower_ms) / self._clock.speed
        self._faults.count(FaultKind.CLOCK_SKEW, wall_ms=round(wall_ms))
        return second

    async def _read(self) -> _Offset:
        asked_ms = self._clock.now_ms()
        server_ms = await self._source.server_time_ms()
        return _Offset(server_ms - self._clock.now_ms(), server_ms - asked_ms)

    def _is_fresh(self) -> bool:
        if self._measured_at is None:
            return False
        measured_ms, had_ended = self._measured_at
        age_ms = self._clock.wall_ms() - measured_ms
        longest_ms = DOUBTED_EVERY_MS if self._is_doubted else MEASURE_EVERY_MS
        return had_ended == self._clock.ended and 0 <= age_ms < longest_ms
