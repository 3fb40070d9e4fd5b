"""Which sibling answers which part of `/api`, as a table; and which paths are passed on at all."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from api_gateway.settings import GatewaySettings

ANSWER_SECONDS: Final = 30.0
LONG_ANSWER_SECONDS: Final = 120.0

# What operators do, promoting, rolling back and retraining, is not among them.
ML_PATHS: Final = re.compile(
    r"""
    / | /health | /model/info | /predict | /features/engineer | /performance
    | /models | /models/(?!rollback)[^/]+ | /models/[^/]+/report
    | /trainings | /train | /train/[^/]+ | /train/[^/]+/cancel
    """,
    re.VERBOSE,
)

# Nothing encoded, no dots to climb by, no doubled slash: a path means the same here and there.
_PLAIN_PATH: Final = re.compile(r"/api(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+/?")


@dataclass(frozen=True, slots=True)
class ForwardRoute:
    prefix: str
    sibling: str
    base_url: str
    long_calls: frozenset[tuple[str, str]] = frozenset()
    """(method, path) of what may take `LONG_ANSWER_SECONDS`."""
    bare_paths: re.Pattern[str] | None = None
    """Of a sibling that knows nothing of our prefix: its public paths, each to its end."""

    def leads(self, path: str) -> bool:
        """Whether a public path is one of this route's."""
        if not f"{path}/".startswith(f"{self.prefix}/"):
            return False
        bare = self.path_there(path).rstrip("/") or "/"
        return self.bare_paths is None or self.bare_paths.fullmatch(bare) is not None

    def path_there(self, path: str) -> str:
        """What the sibling calls a path of ours."""
        return path if self.bare_paths is None else path.removeprefix(self.prefix) or "/"

    def path_here(self, path: str) -> str:
        """What we call a path of the sibling's; it may be none of ours."""
        return path if self.bare_paths is None else f"{self.prefix}{path}".rstrip("/")

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
        ForwardRoute(
            "/api/analysis", "analysis-service", settings.analysis_service_url.rstrip("/")
        ),
        ForwardRoute(
            "/api/patterns", "patterns-service", settings.patterns_service_url.rstrip("/")
        ),
        ForwardRoute("/api/signals", "signals-service", settings.signals_service_url.rstrip("/")),
        ForwardRoute(
            "/api/ml",
            "ml-service",
            settings.ml_service_url.rstrip("/"),
            long_calls=frozenset({("POST", "/api/ml/train")}),
            bare_paths=ML_PATHS,
        ),
    )


def find_route(path: str, routes: Iterable[ForwardRoute]) -> ForwardRoute | None:
    """The route of a path as it was sent, still encoded; None where there is none for it."""
    if not _PLAIN_PATH.fullmatch(path):
        return None
    return next((route for route in routes if route.leads(path)), None)
