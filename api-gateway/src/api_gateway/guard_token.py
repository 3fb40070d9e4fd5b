"""Where strangers reach the platform, what costs or changes something needs the admin token.

Closed unless named: a route that is new, or a path that is spelled in another way, needs it, too.
"""

import hmac
from typing import Final

import orjson
from prometheus_client import Counter
from pydantic import SecretStr
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from service_kit.errors import error_response

READING: Final = frozenset({"GET", "HEAD", "OPTIONS"})
OPEN: Final = frozenset(
    {
        ("POST", "/api/analysis/calculate"),
        ("POST", "/api/patterns/detect"),
        ("POST", "/api/signals/generate"),
        ("POST", "/api/ml/predict"),
        ("POST", "/api/ml/features/engineer"),
        ("POST", "/room-events/prune"),  # the scheduler's, which no front passes on
    }
)
"""What computes one bar's answer, or drops only what the settings call old."""

REFUSAL: Final = "that needs the admin token, which the operators of this platform have"
_BARE_PREFIX: Final = "/api/ml/"
"""Clients of these paths look for an error's sentence in `detail`."""


def needs_token(method: str, path: str, socket_path: str) -> bool:
    """`path` as it was sent; polled packets are posted below `socket_path`."""
    return not (method in READING or (method, path) in OPEN or path.startswith(f"{socket_path}/"))


class GuardToken:
    """ASGI middleware: a 401 for whoever asks for such a thing without the token."""

    def __init__(self, app: ASGIApp, token: SecretStr, socket_path: str, refusals: Counter) -> None:
        self._app = app
        self._token = token.get_secret_value().encode()
        self._socket_path = socket_path
        self._refusals = refusals

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or self._lets_in(scope):
            await self._app(scope, receive, send)
            return
        self._refusals.labels("token").inc()
        await _refusal(scope["path"])(scope, receive, send)

    def _lets_in(self, scope: Scope) -> bool:
        path = scope["raw_path"].decode("latin-1")
        return not needs_token(scope["method"], path, self._socket_path) or self._is_told(scope)

    def _is_told(self, scope: Scope) -> bool:
        """Compared in a time that says nothing of how much of it was right."""
        said = [value for name, value in scope["headers"] if name == b"authorization"]
        if len(said) != 1:
            return False
        scheme, _, token = said[0].partition(b" ")
        return hmac.compare_digest(token.strip(), self._token) and scheme.lower() == b"bearer"


def _refusal(path: str) -> Response:
    response = error_response(401, REFUSAL, headers={"WWW-Authenticate": "Bearer"})
    if not path.startswith(_BARE_PREFIX):
        return response
    body = orjson.loads(bytes(response.body)) | {"detail": REFUSAL}
    return Response(
        orjson.dumps(body), 401, {"WWW-Authenticate": "Bearer"}, media_type="application/json"
    )
