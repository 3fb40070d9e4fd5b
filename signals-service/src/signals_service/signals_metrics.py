"""Everything that the making of decisions counts."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from service_kit.metrics import BUCKETS_SECONDS
from service_kit.tracing import span

Hop = Literal["gather", "decide", "store"]
_SERIES = ("symbol", "timeframe")


class SignalsMetrics:
    def __init__(self, registry: CollectorRegistry) -> None:
        self.decided = Counter(
            "signals_decided_total",
            "Decisions stored; an origin of late is one that nobody could act on.",
            ("type", "origin"),
            registry=registry,
        )
        self.degraded = Counter(
            "signals_degraded_total",
            "Decisions made without a source.",
            ("source",),
            registry=registry,
        )
        self.waiting = Gauge(
            "signals_waiting", "1 while a required input is missing.", _SERIES, registry=registry
        )
        self.waits = Counter(
            "signals_waits_total", "Times that an input was missing.", _SERIES, registry=registry
        )
        self.skipped = Counter(
            "signals_skipped_total", "Candles that were given up.", _SERIES, registry=registry
        )
        self.close_to_commit = Histogram(
            "signals_close_to_commit_seconds",
            "Wall time from a live candle's close until its decision is committed.",
            ("timeframe",),
            buckets=BUCKETS_SECONDS,
            registry=registry,
        )
        self._hops = Histogram(
            "signals_hop_seconds",
            "Wall time of each step of a decision.",
            ("hop",),
            buckets=BUCKETS_SECONDS,
            registry=registry,
        )

    @contextmanager
    def hop(self, name: Hop) -> Iterator[None]:
        """Time what is done inside, if it succeeds."""
        started = time.perf_counter()
        with span(name):
            yield
        self._hops.labels(name).observe(time.perf_counter() - started)
