"""How late the event loop wakes whoever sleeps: what one long computation costs all others."""

import asyncio
import time
from collections import deque
from collections.abc import Callable
from typing import Final

from prometheus_client import CollectorRegistry, Gauge

EVERY_SECONDS: Final = 0.5
REMEMBERED: Final = 60
"""Measurements, so half a minute of them: a scrape must not miss what lay between two of them."""


class EventLoopLag:
    """`run` measures; the gauge shows the longest delay of the last half minute."""

    def __init__(
        self, registry: CollectorRegistry, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._monotonic = monotonic
        self._lags_seconds: deque[float] = deque(maxlen=REMEMBERED)
        gauge = Gauge(
            "event_loop_lag_seconds",
            "The longest delay of the event loop in the last half minute.",
            registry=registry,
        )
        gauge.set_function(lambda: max(self._lags_seconds, default=0.0))

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            due_at = self._monotonic() + EVERY_SECONDS
            await asyncio.sleep(EVERY_SECONDS)
            self.woke(due_at)

    def woke(self, due_at: float) -> None:
        """Remember how much later than it was due that is."""
        self._lags_seconds.append(max(0.0, self._monotonic() - due_at))
