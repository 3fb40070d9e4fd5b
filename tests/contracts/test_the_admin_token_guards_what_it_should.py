"""Each public route that changes or costs something was judged: open to all, or the operators'."""

import json
from pathlib import Path

from api_gateway.guard_token import OPEN, READING
from api_gateway.sockets import SOCKET_PATH

DOCUMENT = Path(__file__).parents[2] / "docs/api/openapi.json"
OPERATORS = {
    ("POST", "/api/market/fetch"),
    ("POST", "/api/signals/{signal_id}/replay"),
    ("POST", "/api/ml/train"),
    ("POST", "/api/ml/train/{training_id}/cancel"),
    ("DELETE", "/api/ml/train/{training_id}"),
}
INTERNAL = {("POST", "/room-events/prune")}


def test_every_public_route_that_does_more_than_read_is_judged() -> None:
    paths = json.loads(DOCUMENT.read_text())["paths"]
    routes = {(method.upper(), path) for path, item in paths.items() for method in item}
    doing = {(method, path) for method, path in routes if method not in READING}
    assert doing == (OPEN - INTERNAL) | OPERATORS


def test_no_open_route_is_the_operators() -> None:
    assert not OPEN & OPERATORS
    assert not [path for _method, path in OPEN if path.startswith(SOCKET_PATH)]
