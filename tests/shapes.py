"""Whether JSON has the shape that a golden file asks for: types, not only keys.

A shape is JSON itself. An object names the keys that must be there (more may be); a key ending in
`?` may hold null. An array with one shape holds any number of such things, at least one; with
`"…"` after it, also none. A string is the name of a type below, a choice `a|b|c`, or, after `=`,
the very value.
"""

import math
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

Json = Any  # Any: JSON


def _is_number(value: Json) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _is_integer(value: Json) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_iso(value: Json) -> bool:
    return isinstance(value, str) and datetime.fromisoformat(value).tzinfo is not None


def _is_decimal(value: Json) -> bool:
    return isinstance(value, str) and re.fullmatch(r"-?\d+(\.\d+)?", value) is not None


TYPES: dict[str, Callable[[Json], bool]] = {
    "text": lambda value: isinstance(value, str) and value != "",
    "number": _is_number,
    "integer": _is_integer,
    "boolean": lambda value: isinstance(value, bool),
    "object": lambda value: isinstance(value, dict),
    "ms": lambda value: _is_integer(value) and 0 <= value < 2**53,
    "percent": lambda value: _is_number(value) and 0 <= value <= 100,
    "share": lambda value: _is_number(value) and 0 <= value <= 1,
    "decimal": _is_decimal,
    "uuid": lambda value: str(UUID(value)) == value,
    "iso": _is_iso,
}


def mismatches(value: Json, shape: Json, path: str = "$") -> Iterator[str]:
    """A sentence for everything that is not as the shape asks."""
    if isinstance(shape, dict):
        yield from _object_mismatches(value, shape, path)
    elif isinstance(shape, list):
        yield from _array_mismatches(value, shape, path)
    elif not _is(value, shape):
        yield f"{path}: {value!r} is no {shape}"


def _object_mismatches(value: Json, shape: dict[str, Json], path: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{path}: {value!r} is no object"
        return
    for name, inner in shape.items():
        key = name.removesuffix("?")
        if key not in value:
            yield f"{path}.{key} is missing"
        elif value[key] is not None or not name.endswith("?"):
            yield from mismatches(value[key], inner, f"{path}.{key}")


def _array_mismatches(value: Json, shape: list[Json], path: str) -> Iterator[str]:
    if not isinstance(value, list):
        yield f"{path}: {value!r} is no array"
    elif not value and "…" not in shape[1:]:
        yield f"{path} is empty"
    else:
        for index, item in enumerate(value):
            yield from mismatches(item, shape[0], f"{path}[{index}]")


def _is(value: Json, name: str) -> bool:
    if name.startswith("="):
        return bool(value == name[1:])
    if name in TYPES:
        try:
            return TYPES[name](value)
        except (ValueError, TypeError, AttributeError):
            return False
    return value in name.split("|")
