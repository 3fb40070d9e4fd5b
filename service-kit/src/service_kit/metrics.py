"""Prometheus metrics: what every service tells of itself, and its requests by route."""

import time
from typing import Final

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Histogram,
    Info,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

BUCKETS_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
OTHER_METHOD: Final = "other"
UNMATCHED: Final = "unmatched"

# When a counter began is a second series beside each, which nothing of ours asks for.
disable_created_metrics()  # type: ignore[no-untyped-call] # the library forgot its types


class RequestMetrics:
    """ASGI middleware that counts and times requests by the route's template, never by its path.

    What a caller can make up, a method or a path, never becomes a label.
    """

    def __init__(self, app: ASGIApp, registry: CollectorRegistry) -> None:
        self._app = app
        labels = ("method", "route", "status")
        self._requests = Counter(
            "http_requests_total", "Requests answered.", labels, registry=registry
        )
        self._seconds = Histogram(
            "http_request_duration_seconds",
            "Time from a request's headers to the end of its answer.",
            ("method", "route"),
            buckets=BUCKETS_SECONDS,
            registry=registry,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status = 500
        started = time.perf_counter()

        async def watch(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, watch)
        finally:
            method = scope["method"] if scope["method"] in METHODS else OTHER_METHOD
            route = _route(scope)
            self._requests.labels(method, route, status).inc()
            self._seconds.labels(method, route).observe(time.perf_counter() - started)


def _route(scope: Scope) -> str:
    """What is mounted has no route of its own, but the path below which it is."""
    return getattr(scope.get("route"), "path", None) or scope.get("root_path") or UNMATCHED


def tell_of_process(registry: CollectorRegistry, name: str, version: str) -> None:
    """Its processor time, memory and open files, and which service it is."""
    ProcessCollector(registry=registry)
    about = Info("service", "Which service this is, in which version.", registry=registry)
    about.info({"service": name, "version": version})


def metrics_response(registry: CollectorRegistry) -> Response:
    return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)
