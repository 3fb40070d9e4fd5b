"""What time it is at the exchange, and which bars are settled there.

The exchange's clock and ours differ; the offset is measured as (its time − our time when the
answer came), which is never too much: what we then call past is past over there.

A bar is settled one wall second after its close. Until then the exchange's REST side may still
show another version of it than the stream, whose closing frame is the truth; at 120× that second
is two minutes of event time, and a bar simply is collected later.
"""

from typing import Final, Protocol

from service_kit.clock import Clock
from service_kit.errors import UnavailableError
from trading_core.timeframe import MINUTE_MS

SETTLE_MS: Final = 1_000
MEASURE_EVERY_MS: Final = 10 * MINUTE_MS
"""Wall time."""


class TimeSource(Protocol):
    async def server_time_ms(self) -> int: ...


class ExchangeTime:
    def __init__(self, source: TimeSource, clock: Clock) -> None:
        self._source = source
        self._clock = clock
        self._offset_ms = 0
        self._measured_at: tuple[int, bool] | None = None

    def now_ms(self) -> int:
        """Event time at the exchange; never ahead of it once measured."""
        return self._clock.now_ms() + self._offset_ms

    def settled_ms(self) -> int:
        """Bars that close at or before this event time are final also over REST."""
        if self._clock.ended:
            return self.now_ms()
        return self.now_ms() - round(SETTLE_MS * self._clock.speed)

    def wall_ms_since(self, event_ms: int) -> float:
        return (self.now_ms() - event_ms) / self._clock.speed

    async def keep_measured(self) -> None:
        """Measure, unless that was done a while ago; again once a recording has ended.

        Raises ExchangeError and StoreUnavailableError, but only where nothing was ever measured:
        an old offset is better than none.
        """
        if self._is_fresh():
            return
        wall_ms, ended = self._clock.wall_ms(), self._clock.ended
        try:
            server_ms = await self._source.server_time_ms()
        except UnavailableError:
            if self._measured_at is None:
                raise
            return
        self._offset_ms = server_ms - self._clock.now_ms()
        self._measured_at = (wall_ms, ended)

    def _is_fresh(self) -> bool:
        if self._measured_at is None:
            return False
        measured_ms, had_ended = self._measured_at
        age_ms = self._clock.wall_ms() - measured_ms
        return had_ended == self._clock.ended and 0 <= age_ms < MEASURE_EVERY_MS
