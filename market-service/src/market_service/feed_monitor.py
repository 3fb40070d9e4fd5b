"""What is known of the feed at this moment: connected or not, how old, how often cut."""

import asyncio
from typing import Literal

from market_service.fault_kind import FaultKind
from market_service.fault_log import FaultLog
from market_service.feed_state import feed_status
from market_service.frames import FRAME_KINDS, Frame
from market_service.market_metrics import MarketMetrics
from market_service.schemas import FaultReport, FeedReport
from service_kit.clock import Clock
from service_kit.events import FeedState

FeedKind = Literal["live", "replay", "simulated"]


class FeedMonitor:
    def __init__(
        self,
        clock: Clock,
        source: str,
        kind: FeedKind,
        metrics: MarketMetrics,
        faults: FaultLog,
    ) -> None:
        self._clock = clock
        self._source = source
        self._kind = kind
        self._metrics = metrics
        self.faults = faults
        self._last_frame_ms: int | None = None
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

    def lost(self, kind: FaultKind, reason: str) -> None:
        """The connection, or the attempt at one, is over, and not by our wish."""
        self.faults.count(kind, reason=reason)
        self.closed()

    def closed(self) -> None:
        """The connection, or the attempt at one, is over."""
        self.tried = True
        self.connected = False
        self.changed.set()

    def received(self, frame: Frame) -> None:
        self.frames += 1
        self._last_frame_ms = self._clock.wall_ms()
        self._metrics.frames.labels(FRAME_KINDS[type(frame)]).inc()

    def dropped(self, kind: FaultKind) -> None:
        self.frames_dropped += 1
        self.faults.count(kind)

    def state(self) -> FeedState:
        age_ms = self._age_ms()
        status = feed_status(age_ms=age_ms, connected=self.connected, ended=self._clock.ended)
        return FeedState(state=status, age_ms=age_ms, source=self._source, kind=self._kind)

    def report(self) -> FeedReport:
        """Of an instance that leads."""
        return FeedReport(
            **self.state().model_dump(),
            leader=True,
            connected=self.connected,
            reconnects=self.reconnects,
            frames=self.frames,
            frames_dropped=self.frames_dropped,
            faults={
                kind: FaultReport(count=tally.count, last_ms=tally.last_ms)
                for kind, tally in self.faults.tallies.items()
            },
        )

    def _age_ms(self) -> int | None:
        if self._last_frame_ms is None:
            return None
        return max(0, self._clock.wall_ms() - self._last_frame_ms)
