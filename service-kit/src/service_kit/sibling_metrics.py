"""Requests to siblings: how many, what came of them, how long they took."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Histogram

from service_kit.metrics import BUCKETS_SECONDS

DOWN: Final = "down"
TIMEOUT: Final = "timeout"
GIVEN_UP: Final = "given_up"
"""Whoever asked did not wait for it any longer."""
OUTCOMES: Final = ("2xx", "3xx", "4xx", "5xx", TIMEOUT, DOWN, GIVEN_UP)


@dataclass(slots=True)
class Asked:
    """One request that is under way."""

    outcome: str = GIVEN_UP

    def answered(self, status: int) -> None:
        self.outcome = f"{status // 100}xx"


class SiblingMetrics:
    """Of all siblings that a service speaks to; `of` gives what one client needs."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._requests = Counter(
            "sibling_requests_total",
            "Requests to other services, each attempt counted, by what came of it.",
            ("sibling", "outcome"),
            registry=registry,
        )
        self._seconds = Histogram(
            "sibling_request_duration_seconds",
            "Time from asking another service until its answer, or until there will be none.",
            ("sibling",),
            buckets=BUCKETS_SECONDS,
            registry=registry,
        )

    def of(self, sibling: str) -> "SiblingMeter":
        for outcome in OUTCOMES:
            self._requests.labels(sibling, outcome)
        return SiblingMeter(sibling, self._requests, self._seconds.labels(sibling))


@dataclass(frozen=True, slots=True)
class SiblingMeter:
    """Of one sibling."""

    sibling: str
    requests: Counter
    seconds: Histogram

    @contextmanager
    def asking(self) -> Iterator[Asked]:
        """One request, which ends inside; whoever makes it tells the status of the answer."""
        asked, started = Asked(), time.perf_counter()
        try:
            yield asked
        except TimeoutError:
            asked.outcome = TIMEOUT
            raise
        except Exception:
            asked.outcome = DOWN
            raise
        finally:
            self.requests.labels(self.sibling, asked.outcome).inc()
            self.seconds.observe(time.perf_counter() - started)


def nobodys_meter(sibling: str) -> SiblingMeter:
    """Of a client that nobody asks about."""
    return SiblingMetrics(CollectorRegistry()).of(sibling)
