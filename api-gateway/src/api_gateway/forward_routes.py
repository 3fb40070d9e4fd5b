"""Which sibling answers which part of `/api`, as a table; and which paths are passed on at all."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from api_gateway.settings import GatewaySettings

ANSWER_SECONDS: Final = 30.0
LONG_ANSWER_SECONDS: Final = 120.0

# Nothing encoded, no dots to climb by, no doubled slash: a path means the same here and there.
_PLAIN_PATH: Final = re.compile(r"/api(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+/?")


@dataclass(frozen=True, slots=True)
class ForwardRoute:
    prefix: str
    sibling: str
    base_url: str
    long_calls: frozenset[tuple[str, str]] = frozenset()
    """(method, path) of what may take `LONG_ANSWER_SECONDS`."""

    def answer_seconds(self, method: str, path: str) -> float:
        return LONG_ANSWER_SECONDS if (method, path) in self.long_calls else ANSWER_SECONDS


def forward_routes(settings: GatewaySettings) -> tuple[ForwardRoute, ...]:
    return (
        ForwardRoute(
            "/api/market",
            "market-service",
            settings.market_service_url.rstrip("/"),
            long_calls=frozenset({("POST", "/api/market/fetch")}),
        ),
    )


def find_route(path: str, routes: Iterable[ForwardRoute]) -> ForwardRoute | None:
    """The route of a path as it was sent, still encoded; None where there is none for it."""
    if not _PLAIN_PATH.fullmatch(path):
        return None
    return next((r for r in routes if f"{path}/".startswith(f"{r.prefix}/")), None)
