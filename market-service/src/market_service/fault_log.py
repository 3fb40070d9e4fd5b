"""What went wrong with the exchange so far: how often, and when last."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from prometheus_client import Counter

from market_service.fault_kind import FaultKind
from service_kit.clock import Clock
from service_kit.logging import get_logger

log = get_logger(__name__)

LOG_EVERY_MS: Final = 10_000
"""Wall time for each kind: a flood of bad frames must not become a flood of log lines."""


@dataclass(frozen=True, slots=True)
class FaultTally:
    count: int
    last_ms: int
    """Wall time."""


class FaultLog:
    def __init__(self, clock: Clock, counter: Counter) -> None:
        self._clock = clock
        self._counter = counter
        self._tallies: dict[FaultKind, FaultTally] = {}
        self._logged_ms: dict[FaultKind, int] = {}

    @property
    def tallies(self) -> Mapping[FaultKind, FaultTally]:
        """Of the kinds that happened."""
        return self._tallies

    def count(self, kind: FaultKind, times: int = 1, /, **details: object) -> None:
        """Details go to the log, where there is one line of a kind every ten seconds."""
        if not times:
            return
        wall_ms = self._clock.wall_ms()
        known = self._tallies.get(kind)
        total = times + (known.count if known else 0)
        self._tallies[kind] = FaultTally(total, wall_ms)
        self._counter.labels(kind.value).inc(times)
        if abs(wall_ms - self._logged_ms.get(kind, -LOG_EVERY_MS)) >= LOG_EVERY_MS:
            self._logged_ms[kind] = wall_ms
            log.warning("feed_fault", kind=kind.value, so_far=total, **details)
