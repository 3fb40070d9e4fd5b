"""Which candles of the stream may pass, by when they come: none from the future, none twice.

What is late or out of order passes and is counted: it may be the very candle that is missing.
"""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from market_service.candle_origin import LIVE_WITHIN_MS
from market_service.exact_candle import ExactCandle
from market_service.exchange_time import ExchangeTime
from market_service.fault_kind import FaultKind
from market_service.fault_log import FaultLog
from market_service.frames import KlineFrame
from service_kit.series import Series

AHEAD_MS: Final = 1_000
"""Wall time by which the exchange's clock may be ahead of what we take it for."""
BEHIND_MS: Final = 2_000
"""Wall time for which a frame may be under way."""
REMEMBERED: Final = 32
"""Closed candles of each series that are known again."""


@dataclass(slots=True)
class _Closed:
    """The last closed candles of a series, as they came."""

    newest_ms: int = -1
    candles: deque[ExactCandle] = field(default_factory=lambda: deque(maxlen=REMEMBERED))


class FrameJudge:
    def __init__(self, time: ExchangeTime, faults: FaultLog) -> None:
        self._time = time
        self._faults = faults
        self._closed: dict[Series, _Closed] = {}

    def admits(self, frame: KlineFrame) -> bool:
        """Whether the candle may be stored, or shown while it is open; what is wrong is counted."""
        self._compare_clocks(frame)
        faults = self._faults_of(frame)
        for kind in faults:
            self._faults.count(kind, **_place(frame.candle))
        if frame.closed and not faults & _REFUSED:
            self._remember(frame.candle)
        return not faults & _REFUSED

    def _faults_of(self, frame: KlineFrame) -> frozenset[FaultKind]:
        if self._is_from_the_future(frame):
            return frozenset({FaultKind.FUTURE_CANDLE})
        return frozenset(self._faults_of_a_close(frame.candle)) if frame.closed else frozenset()

    def _is_from_the_future(self, frame: KlineFrame) -> bool:
        """A bar is told after its open, and closed after its close, by their clock and by ours."""
        candle = frame.candle
        since_ms = candle.closes_at_ms if frame.closed else candle.open_ms
        by_theirs = frame.sent_at_ms < since_ms - AHEAD_MS
        return by_theirs or self._time.wall_ms_until(since_ms) > AHEAD_MS

    def _faults_of_a_close(self, candle: ExactCandle) -> set[FaultKind]:
        known = self._closed.get(candle.series, _Closed())
        if candle in known.candles:
            return {FaultKind.DUPLICATE_CANDLE}
        found = set()
        if candle.open_ms < known.newest_ms:
            found.add(FaultKind.OUT_OF_ORDER_CANDLE)
        if self._time.wall_ms_since(candle.closes_at_ms) > LIVE_WITHIN_MS:
            found.add(FaultKind.LATE_CANDLE)
        return found

    def _remember(self, candle: ExactCandle) -> None:
        known = self._closed.setdefault(candle.series, _Closed())
        known.newest_ms = max(known.newest_ms, candle.open_ms)
        known.candles.append(candle)

    def _compare_clocks(self, frame: KlineFrame) -> None:
        """A frame from far off what we take the exchange's time for gives cause to ask again."""
        ahead_ms = self._time.wall_ms_until(frame.sent_at_ms)
        if ahead_ms > AHEAD_MS or self._time.wall_ms_since(frame.sent_at_ms) > BEHIND_MS:
            self._time.doubt()


_REFUSED: Final = frozenset({FaultKind.FUTURE_CANDLE, FaultKind.DUPLICATE_CANDLE})


def _place(candle: ExactCandle) -> Mapping[str, object]:
    symbol, timeframe = candle.series.key
    return {"symbol": symbol, "timeframe": timeframe, "open_ms": candle.open_ms}
