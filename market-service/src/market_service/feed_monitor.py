"""What is known of the feed at this moment: connected or not, how old, how often cut."""

import asyncio
from typing import Literal

from market_service.feed_state import feed_status
from market_service.frames import Frame
from market_service.market_metrics import MarketMetrics
from service_kit.clock import Clock
from service_kit.events import FeedState
from service_kit.logging import get_logger

log = get_logger(__name__)

LOG_EVERY_MS = 10_000
"""Wall time: a flood of bad frames must not become a flood of log lines."""

FeedKind = Literal["live", "replay", "simulated"]


class FeedMonitor:
    def __init__(self, clock: Clock, source: str, kind: FeedKind, metrics: MarketMetrics) -> None:
        self._clock = clock
        self._source = source
        self._kind = kind
        self._metrics = metrics
        self._last_frame_ms: int | None = None
        self._last_drop_logged_ms = 0
        self.tried = False
        self.connected = False
        self.connections = 0
        self.changed = asyncio.Event()
        self.frames = 0
        self.frames_dropped = 0

    @property
    def reconnects(self) -> int:
        return max(0, self.connections - 1)

    def opened(self) -> None:
        if self.connections:
            self._metrics.reconnects.inc()
        self.connections += 1
        self.tried = self.connected = True
        self.changed.set()

    def closed(self) -> None:
        """The connection, or the attempt at one, is over."""
        self.tried = True
        self.connected = False
        self.changed.set()

    def received(self, frame: Frame) -> None:
        self.frames += 1
        self._last_frame_ms = self._clock.wall_ms()
        self._metrics.frames.labels(type(frame).__name__).inc()

    def dropped(self, reason: str) -> None:
        self.frames_dropped += 1
        self._metrics.dropped.labels(reason).inc()
        wall_ms = self._clock.wall_ms()
        if abs(wall_ms - self._last_drop_logged_ms) >= LOG_EVERY_MS:
            self._last_drop_logged_ms = wall_ms
            log.warning("frame_dropped", reason=reason, dropped_so_far=self.frames_dropped)

    def state(self) -> FeedState:
        age_ms = self._age_ms()
        self._metrics.feed_age_seconds.set(float("nan") if age_ms is None else age_ms / 1000)
        status = feed_status(age_ms=age_ms, connected=self.connected, ended=self._clock.ended)
        return FeedState(state=status, age_ms=age_ms, source=self._source, kind=self._kind)

    def _age_ms(self) -> int | None:
        if self._last_frame_ms is None:
            return None
        return max(0, self._clock.wall_ms() - self._last_frame_ms)
