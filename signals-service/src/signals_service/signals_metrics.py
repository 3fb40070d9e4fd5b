"""Everything that the making of decisions counts."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, Literal, get_args

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from service_kit.metrics import BUCKETS_SECONDS
from service_kit.series import Series
from signals_service.gathered_inputs import Source
from trading_core.decision.sides import SignalType
from trading_core.signal_state import SignalOrigin
from trading_core.timeframe import Timeframe

Hop = Literal["gather", "decide", "store"]
HOPS: Final = get_args(Hop)
_SERIES = ("symbol", "timeframe")


class SignalsMetrics:
    def __init__(self, registry: CollectorRegistry) -> None:
        self.decided = Counter(
            "signals_decided_total",
            "Decisions stored; an origin of late is one that nobody could act on.",
            ("type", "timeframe", "origin"),
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
        self._failures = Counter(
            "signals_failures_total",
            "Attempts at a decision that an error ended; each candle is tried again.",
            ("timeframe",),
            registry=registry,
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
        self._begin_at_zero()

    def _begin_at_zero(self) -> None:
        for timeframe in Timeframe:
            self._failures.labels(timeframe)
            self.close_to_commit.labels(timeframe)
            for type_ in SignalType:
                for origin in (SignalOrigin.LIVE, SignalOrigin.LATE):
                    self.decided.labels(type_.value, timeframe, origin.value)
        for source in Source:
            if source is not Source.INDICATORS:
                self.degraded.labels(source.value)
        for name in HOPS:
            self._hops.labels(name)

    def watch(self, series: Series) -> None:
        """Show the series before anything happens in it."""
        for metric in (self.waiting, self.waits, self.skipped):
            metric.labels(*series.key)

    @contextmanager
    def attempt(self, timeframe: Timeframe) -> Iterator[None]:
        """Count what is tried inside if it fails."""
        try:
            yield
        except Exception:
            self._failures.labels(timeframe).inc()
            raise

    @contextmanager
    def hop(self, name: Hop) -> Iterator[None]:
        """Time what is done inside, if it succeeds."""
        started = time.perf_counter()
        yield
        self._hops.labels(name).observe(time.perf_counter() - started)
