"""Who may talk to us: the Host by which we are called, and the Origin of the page that calls.

A web page may send requests to a platform on its reader's own machine. The Host allow-list stops
pages that had their own name resolve to us (DNS rebinding); the Origin rule stops all others from
changing anything, and from opening a socket, which browsers let them read.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from prometheus_client import Counter
from starlette.types import ASGIApp, Receive, Scope, Send

from service_kit.errors import error_response

SAFE_METHODS: Final = frozenset({"GET", "HEAD"})
_HOST: Final = re.compile(r"(?P<name>\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::\d{1,5})?")


class Refusal(StrEnum):
    """Each with the sentence that the caller gets."""

    HOST = "this host name is not one of ours: see ALLOWED_HOSTS"
    ORIGIN = "pages of this origin may not do that: see CORS_ORIGINS"

    @property
    def status(self) -> int:
        return 400 if self is Refusal.HOST else 403


@dataclass(frozen=True, slots=True)
class Visit:
    """What a request says about where it comes from. `origin` is None for native clients."""

    host: str
    origin: str | None
    fetch_site: str | None
    reads_only: bool


@dataclass(frozen=True, slots=True)
class OriginRules:
    allowed_hosts: frozenset[str]
    trusted_origins: frozenset[str]

    def refuse(self, visit: Visit) -> Refusal | None:
        """Why the visit is turned away, or None when it is welcome."""
        if not self._knows(visit.host):
            return Refusal.HOST
        if visit.reads_only or visit.origin in self.trusted_origins:
            return None
        if visit.fetch_site == "cross-site":
            return Refusal.ORIGIN
        return None if visit.origin is None or _same_origin(visit) else Refusal.ORIGIN

    def _knows(self, host: str) -> bool:
        found = _HOST.fullmatch(host.lower())
        return found is not None and found["name"] in self.allowed_hosts


def _same_origin(visit: Visit) -> bool:
    """The page was served under the very Host it calls; a proxy before us may have ended TLS."""
    host = visit.host.lower()
    return visit.origin in {f"http://{host}", f"https://{host}"}


class GuardOrigin:
    """ASGI middleware. Everything under `socket_path` is a conversation: never merely read."""

    def __init__(
        self, app: ASGIApp, rules: OriginRules, socket_path: str, refusals: Counter
    ) -> None:
        self._app = app
        self._rules = rules
        self._socket_path = socket_path
        self._refusals = refusals

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        refusal = self._rules.refuse(self._visit(scope))
        if refusal is None:
            await self._app(scope, receive, send)
            return
        self._refusals.labels(refusal.name.lower()).inc()
        await error_response(refusal.status, refusal)(scope, receive, send)

    def _visit(self, scope: Scope) -> Visit:
        talks = scope["type"] == "websocket" or scope["path"].startswith(self._socket_path)
        return Visit(
            host=_header(scope, b"host") or "",
            origin=_header(scope, b"origin"),
            fetch_site=_header(scope, b"sec-fetch-site"),
            reads_only=not talks and scope["method"] in SAFE_METHODS,
        )


def _header(scope: Scope, name: bytes) -> str | None:
    """A header sent twice is joined, so that it equals nothing that we allow."""
    values: list[bytes] = [value for key, value in scope["headers"] if key == name]
    return b", ".join(values).decode("latin-1") if values else None
