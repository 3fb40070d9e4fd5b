"""Makes one fault after the other, and takes the time until it is noticed, and until all is well.

Noticed: market-service counts it by one of its names. Well: the feed is live, and every bar that
had closed when the fault was over is stored exactly as the exchange tells it.
"""

import time
from dataclasses import dataclass
from typing import Final

import httpx

from campaign_plan import PlannedFault
from campaign_watch import Watch

LOOK_SECONDS: Final = 0.1
PATIENCE_SECONDS: Final = 150.0
"""An outage is believed a minute after its end."""


@dataclass(frozen=True, slots=True)
class FaultOutcome:
    fault: PlannedFault
    bites: int
    early: int
    """Requests before a Retry-After had ended."""
    noticed_seconds: float | None
    """Since it began; None if never."""
    healed_seconds: float | None
    """Since it was over; None if not within two minutes and a half."""
    named: tuple[str, ...]
    """What was counted meanwhile."""

    @property
    def is_well(self) -> bool:
        return (
            self.noticed_seconds is not None and self.healed_seconds is not None and not self.early
        )

    def __str__(self) -> str:
        lasted = self.fault.seconds or 0.0
        return (
            f"{self.fault.kind.name:22} for {lasted:4.1f} s, {self.bites:3d} bites,"
            f" noticed {_seconds(self.noticed_seconds)}, healed {_seconds(self.healed_seconds)}"
        )


@dataclass
class Timing:
    """Of one fault; monotonic seconds."""

    began: float
    over: float
    noticed: float | None = None
    healed: float | None = None

    @property
    def is_done(self) -> bool:
        return self.noticed is not None and self.healed is not None

    @property
    def is_hopeless(self) -> bool:
        return time.monotonic() > self.over + PATIENCE_SECONDS


def make_fault(watch: Watch, planned: PlannedFault) -> FaultOutcome:
    """Returns once all is well again, or patience is at its end."""
    before = watch.counted()
    control = watch.stack.url_of("simulator") + "/control/faults"
    httpx.post(control, json=planned.script(), timeout=10).raise_for_status()
    began = time.monotonic()
    timing = Timing(began, began + (planned.seconds or 0.0))
    _follow(watch, planned, timing, before)
    report = httpx.get(control, timeout=10).json()["faults"][0]
    httpx.delete(control, timeout=10).raise_for_status()
    return FaultOutcome(
        planned,
        report["bites"],
        report.get("early", 0),
        None if timing.noticed is None else timing.noticed - timing.began,
        None if timing.healed is None else timing.healed - timing.over,
        _news(watch, before),
    )


def _follow(watch: Watch, planned: PlannedFault, timing: Timing, before: dict[str, float]) -> None:
    began_ms = watch.clock.now_ms()
    over_ms: int | None = None
    while not (timing.is_done or timing.is_hopeless):
        if timing.noticed is None and planned.kind.told_as.intersection(_news(watch, before)):
            timing.noticed = time.monotonic()
        if over_ms is None and time.monotonic() >= timing.over:
            over_ms = watch.clock.now_ms()
        if timing.healed is None and over_ms is not None and _is_well(watch, began_ms, over_ms):
            timing.healed = time.monotonic()
        time.sleep(LOOK_SECONDS)


def _news(watch: Watch, before: dict[str, float]) -> tuple[str, ...]:
    now = watch.counted()
    return tuple(kind for kind, count in now.items() if count > before.get(kind, 0))


def _is_well(watch: Watch, began_ms: int, over_ms: int) -> bool:
    feed = watch.feed()
    return feed["state"] == "live" and feed["connected"] and not watch.lacks(began_ms, over_ms)


def _seconds(found: float | None) -> str:
    return " never" if found is None else f"{found:5.1f} s"
