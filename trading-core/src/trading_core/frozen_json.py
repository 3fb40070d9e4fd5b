"""Frozen dataclasses as JSON objects and back, exactly.

Floats come back bit for bit, also where a store wrote 1e16 as a whole number. A minus zero does
not: PostgreSQL knows none, so nothing computed may depend on a zero's sign.
"""

import math
import types
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import MISSING, Field, fields, is_dataclass
from enum import Enum
from functools import lru_cache
from itertools import cycle
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from trading_core.errors import InvalidJsonError

JsonObject = dict[str, Any]  # Any: whatever a JSON text can hold
_Json = Any  # Any: the same
_Annotation = Any  # Any: a type, or a special form such as `float | None`
_Convert = Callable[[Any], Any]  # Any: between JSON and the types that the dataclass names
_T = TypeVar("_T")


def to_json(value: object) -> JsonObject:
    """Of an instance of a dataclass whose fields are numbers, texts, enums, tuples, mappings."""
    kind: _Annotation = type(value)
    written: JsonObject = _writer(kind)(value)
    return written


def from_json(kind: type[_T], json: object) -> _T:
    """The instance that `to_json` was given.

    A field that has a default may be missing: texts from before it was added stay readable.
    Raises InvalidJsonError where another is missing, or one is unknown or of another type.
    """
    annotation: _Annotation = kind
    read: _T = _reader(annotation)(json)
    return read


@lru_cache(maxsize=256)
def _writer(kind: _Annotation) -> _Convert:
    origin: _Annotation = get_origin(kind)
    arguments = get_args(kind)
    if is_dataclass(kind):
        writers = [(name, _writer(hint)) for name, hint in _hints(kind).items()]
        return lambda value: {name: write(getattr(value, name)) for name, write in writers}
    if origin in {Union, types.UnionType}:
        present = _writer(_without_none(arguments))
        return lambda value: None if value is None else present(value)
    if origin is tuple:
        items = [_writer(argument) for argument in arguments if argument is not Ellipsis]
        return lambda value: [write(one) for write, one in _pairs(items, value)]
    if origin is Mapping:
        return lambda value: {str(key): one for key, one in value.items()}
    if isinstance(kind, type) and issubclass(kind, Enum):
        return lambda value: value.value
    return float if kind is float else lambda value: value


@lru_cache(maxsize=256)
def _reader(kind: _Annotation) -> _Convert:
    origin: _Annotation = get_origin(kind)
    arguments = get_args(kind)
    if is_dataclass(kind):
        return _dataclass_reader(kind)
    if origin in {Union, types.UnionType}:
        present = _reader(_without_none(arguments))
        return lambda json: None if json is None else present(json)
    if origin is tuple:
        return _tuple_reader(arguments)
    if origin is Mapping:
        key, item = (_reader(argument) for argument in arguments)
        return lambda json: {key(k): item(v) for k, v in _checked(json, dict).items()}
    if isinstance(kind, type) and issubclass(kind, Enum):
        return lambda json: _member(kind, json)
    return _finite if kind is float else lambda json: _checked(json, kind)


def _dataclass_reader(kind: _Annotation) -> _Convert:
    readers = {name: _reader(hint) for name, hint in _hints(kind).items()}
    required = {field.name for field in fields(kind) if _has_no_default(field)}

    def read(json: object) -> object:
        given = _checked(json, dict)
        odd = (required - given.keys()) | (given.keys() - readers.keys())
        if odd:
            names = ", ".join(sorted(map(str, odd)))
            raise InvalidJsonError(f"{kind.__name__}: missing or unknown {names}")
        return kind(**{name: readers[name](one) for name, one in given.items()})

    return read


def _has_no_default(field: Field[Any]) -> bool:  # Any: of whichever type
    return field.default is MISSING and field.default_factory is MISSING


def _tuple_reader(arguments: tuple[Any, ...]) -> _Convert:
    items = [_reader(argument) for argument in arguments if argument is not Ellipsis]

    def read(json: object) -> object:
        given = _checked(json, list)
        if Ellipsis not in arguments and len(given) != len(items):
            raise InvalidJsonError(f"a list of {len(items)} was expected, not of {len(given)}")
        return tuple(reader(one) for reader, one in _pairs(items, given))

    return read


def _pairs(items: list[_Convert], values: Iterable[Any]) -> Iterable[tuple[_Convert, Any]]:
    """The converter of each value; a single one is for all of them."""
    return zip(cycle(items), values, strict=False)


def _hints(kind: _Annotation) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}


def _without_none(arguments: tuple[Any, ...]) -> object:
    (present,) = (argument for argument in arguments if argument is not types.NoneType)
    return present


def _finite(json: object) -> float:
    if isinstance(json, int | float) and not isinstance(json, bool):
        with suppress(OverflowError):
            number = float(json)
            if math.isfinite(number):
                return number
    raise InvalidJsonError(f"a finite number was expected, not {repr(json)[:40]}")


def _checked(json: _Json, kind: type) -> _Json:
    if isinstance(json, kind) and (kind is bool or not isinstance(json, bool)):
        return json
    raise InvalidJsonError(f"{kind.__name__} was expected, not {repr(json)[:40]}")


def _member(kind: type[Enum], json: object) -> Enum:
    try:
        return kind(json)
    except ValueError as error:
        raise InvalidJsonError(f"{repr(json)[:40]} is no {kind.__name__}") from error
