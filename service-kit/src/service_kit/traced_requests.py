"""A span for each request that is answered, under the caller's, and for each that is sent."""

from types import SimpleNamespace
from typing import Final

import aiohttp
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service_kit.request_id import current_request_id
from service_kit.tracing import HEADER, NO_SPAN, SpanKind, begin_span, is_tracing, span

UNTRACED: Final = frozenset({"/livez", "/readyz", "/metrics", "/health"})
"""Whoever looks after us asks for these all the time."""
_SERVER_ERROR: Final = 500
_CLIENT_ERROR: Final = 400


class TracedRequests:
    """ASGI middleware; stands inside of `RequestIdMiddleware`, and only where tracing is on."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in UNTRACED:
            await self._app(scope, receive, send)
            return
        method = scope["method"]
        with span(method, SpanKind.SERVER, _given_parent(scope)) as here:
            here.tell({"request.id": current_request_id() or "", "http.request.method": method})

            async def watch(message: Message) -> None:
                if message["type"] == "http.response.start":
                    status = message["status"]
                    here.tell({"http.response.status_code": status})
                    if status >= _SERVER_ERROR:
                        here.fail(str(status))
                await send(message)

            try:
                await self._app(scope, receive, watch)
            finally:
                if route := getattr(scope.get("route"), "path", None):
                    here.rename(f"{method} {route}")
                    here.tell({"http.route": route})


def _given_parent(scope: Scope) -> str | None:
    for name, value in scope["headers"]:
        if name == HEADER.encode():
            return str(value.decode("latin-1"))
    return None


def traced_session(peer: str) -> list[aiohttp.TraceConfig]:
    """The `trace_configs` of a session of aiohttp that asks `peer`; empty while tracing is off.

    Each request has a span, and carries it as its `traceparent`, whatever stood there.
    """
    if not is_tracing():
        return []

    async def started(
        _session: aiohttp.ClientSession,
        here: SimpleNamespace,
        asked: aiohttp.TraceRequestStartParams,
    ) -> None:
        if asked.url.path in UNTRACED:
            here.span = NO_SPAN
            return
        here.span = begin_span(f"{asked.method} {peer}", SpanKind.CLIENT)
        here.span.tell(
            {
                "http.request.method": asked.method,
                "peer.service": peer,
                "server.address": asked.url.host or "",
                "server.port": asked.url.port or 0,
                "url.path": asked.url.path,
            }
        )
        if traceparent := here.span.traceparent:
            asked.headers[HEADER] = traceparent

    async def answered(
        _session: aiohttp.ClientSession,
        here: SimpleNamespace,
        answer: aiohttp.TraceRequestEndParams,
    ) -> None:
        status = answer.response.status
        here.span.tell({"http.response.status_code": status})
        if status >= _CLIENT_ERROR:
            here.span.fail(str(status))
        here.span.end()

    async def failed(
        _session: aiohttp.ClientSession,
        here: SimpleNamespace,
        failure: aiohttp.TraceRequestExceptionParams,
    ) -> None:
        here.span.fail(type(failure.exception).__name__)
        here.span.end()

    traces = aiohttp.TraceConfig()
    traces.on_request_start.append(started)
    traces.on_request_end.append(answered)
    traces.on_request_exception.append(failed)
    return [traces]
