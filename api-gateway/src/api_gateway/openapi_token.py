"""Tell in the OpenAPI document which routes need the admin token."""

from typing import Any, Final

from api_gateway.guard_token import needs_token
from api_gateway.openapi_document import Document
from api_gateway.sockets import SOCKET_PATH

SCHEME: Final = "adminToken"
_DESCRIPTION: Final = "For what costs or changes something; the operators have it."
_METHODS: Final = frozenset({"get", "put", "post", "delete", "options", "head", "patch", "trace"})
_REFUSED: Final = {"description": "Without the admin token"}


def with_token(document: Document) -> Document:
    """The document of a gateway that asks for it, after that of one that does not."""
    scheme = {"type": "http", "scheme": "bearer", "description": _DESCRIPTION}
    return document | {
        "paths": {path: _guarded(path, item) for path, item in document["paths"].items()},
        "components": document["components"] | {"securitySchemes": {SCHEME: scheme}},
    }


def _guarded(path: str, item: Document) -> Document:
    return {
        name: _asking(part)
        if name in _METHODS and needs_token(name.upper(), path, SOCKET_PATH)
        else part
        for name, part in item.items()
    }


def _asking(operation: dict[str, Any]) -> Document:  # Any: an operation of OpenAPI
    responses = {"401": _REFUSED, **operation.get("responses", {})}
    return operation | {"security": [{SCHEME: []}], "responses": responses}
