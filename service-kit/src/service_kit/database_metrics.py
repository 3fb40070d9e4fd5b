"""What is measured of the database as a service meets it: statements, failures, the pool."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, Protocol

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from service_kit.metrics import BUCKETS_SECONDS
from service_kit.statement_operation import OPERATIONS, operation_of

COPY: Final = "copy"


class Pool(Protocol):
    def checkedout(self) -> int: ...
    def checkedin(self) -> int: ...


class DatabaseMetrics:
    def __init__(self, registry: CollectorRegistry) -> None:
        seconds = Histogram(
            "database_query_duration_seconds",
            "Time from sending a statement to having its whole answer, failed or not.",
            ("operation",),
            buckets=BUCKETS_SECONDS,
            registry=registry,
        )
        self._seconds = {one: seconds.labels(one) for one in OPERATIONS}
        self._failures = Counter(
            "database_failures_total",
            "Times that the database could not be reached, or went away meanwhile.",
            registry=registry,
        )
        self._connections = Gauge(
            "database_pool_connections",
            "Connections that are open, by whether somebody uses them.",
            ("state",),
            registry=registry,
        )
        self._limit = Gauge(
            "database_pool_limit", "Connections that may be open at once.", registry=registry
        )

    def answered(self, statement: str, seconds: float) -> None:
        self._seconds[operation_of(statement)].observe(seconds)

    @contextmanager
    def copying(self) -> Iterator[None]:
        """Time what is copied inside."""
        started = time.perf_counter()
        try:
            yield
        finally:
            self._seconds[COPY].observe(time.perf_counter() - started)

    def failed(self) -> None:
        self._failures.inc()

    def watch_pool(self, pool: Callable[[], Pool], limit: int) -> None:
        """`pool` is asked at every look: an engine that is disposed of makes a new one."""
        self._limit.set(limit)
        self._connections.labels("used").set_function(lambda: pool().checkedout())
        self._connections.labels("idle").set_function(lambda: pool().checkedin())
