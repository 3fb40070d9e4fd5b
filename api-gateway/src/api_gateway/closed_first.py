"""An open candle waits until the closed one before it has gone to the room, which takes a commit.

Prices come from Redis and closed candles from the database, so the next bar may be heard of first.
"""

from typing import Final

from api_gateway.market_picture import CandleKey
from service_kit.events import CandleTick

LONGEST_WAIT_SECONDS: Final = 1.0
"""A closed candle that is not stored by then keeps no picture waiting."""


class ClosedFirst:
    """Time is given, in seconds of any monotonic clock."""

    def __init__(self) -> None:
        self._gone: dict[CandleKey, int] = {}
        self._awaited: dict[CandleKey, tuple[int, float]] = {}
        self._held: dict[CandleKey, CandleTick] = {}

    def closed(self, tick: CandleTick, now: float) -> None:
        """The market said that this bar has closed."""
        key, opened = (tick.symbol, tick.timeframe), tick.candle[0]
        if opened > self._gone.get(key, -1):
            self._awaited[key] = (opened, now)

    def gone(self, tick: CandleTick) -> CandleTick | None:
        """The closed bar went to its room; returns the open one that waited for it."""
        key, opened = (tick.symbol, tick.timeframe), tick.candle[0]
        self._gone[key] = max(opened, self._gone.get(key, -1))
        if key in self._awaited and self._awaited[key][0] > opened:
            return None
        self._awaited.pop(key, None)
        return self._held.pop(key, None)

    def holds(self, tick: CandleTick) -> bool:
        """Whether this open candle has to wait, in place of any that waits already."""
        key = (tick.symbol, tick.timeframe)
        if key in self._awaited:
            self._held[key] = tick
        return key in self._awaited

    def overdue(self, now: float) -> list[CandleTick]:
        """Open candles that have waited in vain."""
        late = [k for k, (_, at) in self._awaited.items() if now - at >= LONGEST_WAIT_SECONDS]
        for key in late:
            del self._awaited[key]
        return [self._held.pop(key) for key in late if key in self._held]
