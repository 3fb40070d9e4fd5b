"""One OpenAPI document out of those of all siblings: only what the front door lets through."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final, TypeAlias

from api_gateway.forward_routes import ForwardRoute

Json: TypeAlias = Any  # Any: a node of a JSON document
Document = dict[str, Any]  # Any: its shape is what OpenAPI 3.1 says

PUBLIC_PREFIX: Final = "/api/"
SCHEMA_PREFIX: Final = "#/components/schemas/"
DESCRIPTION: Final = (
    "Spot markets watched live: candles, indicators, patterns and explained signals. "
    "Answers are `{success: true, data}` or `{success: false, error: {message, type, requestId}}`. "
    "Live events come over Socket.IO on the same host and port, path `/socket.io`."
)


def merge_documents(own: Document, siblings: Mapping[str, Document]) -> Document:
    """Merge the gateway's own document and its siblings' public paths, each by its name.

    A schema of a name that another one has already is renamed after its sibling; schemas that no
    public path needs are left out. The same documents give the same bytes in any order.
    """
    paths: Document = dict(own.get("paths", {}))
    schemas: Document = dict(_schemas(own))
    for name, document in sorted(siblings.items()):
        renamed = _rename_schemas(document, _clashes(name, _schemas(document), schemas))
        paths |= _public_paths(renamed)
        schemas |= _schemas(renamed)
    needed = _reachable(paths, schemas)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "ETH Trading Platform",
            "version": own["info"]["version"],
            "description": DESCRIPTION,
        },
        "paths": dict(sorted(paths.items())),
        "components": {"schemas": {n: schemas[n] for n in sorted(needed)}},
    }


def public_paths(document: Document, route: ForwardRoute) -> Document:
    """A sibling's document with the paths by which the front door knows them, and no others."""
    named = {route.path_here(path): item for path, item in document.get("paths", {}).items()}
    return document | {"paths": {path: item for path, item in named.items() if route.leads(path)}}


def to_json(document: Document) -> str:
    """The document as it is committed: readable, and the same every time."""
    return json.dumps(document, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def _public_paths(document: Document) -> Document:
    paths: Document = document.get("paths", {})
    return {
        path: {method: _without_422(operation) for method, operation in operations.items()}
        for path, operations in paths.items()
        if path.startswith(PUBLIC_PREFIX)
    }


def _without_422(operation: Document) -> Document:
    """FastAPI announces it for every parameter; ours are refused with a 400 in the envelope."""
    responses = operation.get("responses", {})
    return operation | {"responses": {s: r for s, r in responses.items() if s != "422"}}


def _schemas(document: Document) -> Document:
    schemas: Document = document.get("components", {}).get("schemas", {})
    return schemas


def _clashes(sibling: str, mine: Document, taken: Document) -> dict[str, str]:
    """Old name → new name of the schemas that mean something else where they stand already."""
    prefix = "".join(part.capitalize() for part in sibling.split("-"))
    return {name: prefix + name for name in mine if name in taken and taken[name] != mine[name]}


def _rename_schemas(document: Document, names: Mapping[str, str]) -> Document:
    if not names:
        return document
    references = {SCHEMA_PREFIX + old: SCHEMA_PREFIX + new for old, new in names.items()}
    schemas = {names.get(name, name): schema for name, schema in _schemas(document).items()}
    renamed = {"paths": document.get("paths", {}), "components": {"schemas": schemas}}
    return dict(_replace_references(renamed, references))


def _replace_references(node: Json, references: Mapping[str, str]) -> Json:
    if isinstance(node, dict):
        return {
            key: references.get(value, value)
            if key == "$ref"
            else _replace_references(value, references)
            for key, value in node.items()
        }
    if isinstance(node, list):
        return [_replace_references(item, references) for item in node]
    return node


def _reachable(paths: Document, schemas: Document) -> set[str]:
    found: set[str] = set()
    waiting = list(_referenced(paths))
    while waiting:
        name = waiting.pop()
        if name in schemas and name not in found:
            found.add(name)
            waiting.extend(_referenced(schemas[name]))
    return found


def _referenced(node: Json) -> Iterator[str]:
    """Names of the schemas that a part of a document refers to."""
    if isinstance(node, dict):
        reference = node.get("$ref")
        if isinstance(reference, str):
            yield reference.removeprefix(SCHEMA_PREFIX)
        for value in node.values():
            yield from _referenced(value)
    elif isinstance(node, list):
        for item in node:
            yield from _referenced(item)
