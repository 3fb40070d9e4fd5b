"""Spans of what is being done. Where tracing is off, nothing is imported for it and nothing kept.

    with span("gather") as here:
        here.tell({"candle.bars": 60})

What is open in a task is known to what it starts and logs. From one process to the next a span
travels as W3C's `traceparent`. Like logging, tracing is the process's: `start_tracing` is called
once, before the service is built, and nobody hands it around.
"""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from enum import StrEnum
from typing import Final, Protocol

Attribute = str | int | float | bool
HEADER: Final = "traceparent"


class SpanKind(StrEnum):
    INTERNAL = "INTERNAL"
    SERVER = "SERVER"
    CLIENT = "CLIENT"
    PRODUCER = "PRODUCER"
    CONSUMER = "CONSUMER"


class Span(Protocol):
    """Open until it is ended."""

    @property
    def traceparent(self) -> str | None: ...
    def rename(self, name: str) -> None: ...
    def tell(self, attributes: Mapping[str, Attribute]) -> None: ...
    def fail(self, reason: str) -> None: ...
    def end(self) -> None: ...
    def entered(self) -> AbstractContextManager[object]:
        """Inside the block it is the one that others are begun under; it does not end there."""


class Tracer(Protocol):
    def begin(self, name: str, kind: SpanKind, parent: str | None) -> Span:
        """Under `parent`, a traceparent; without one, under what is open here, if anything is."""

    def current(self) -> Span | None: ...


class _NoSpan:
    """What tracing that is off hands out."""

    traceparent: str | None = None

    def rename(self, name: str) -> None: ...
    def tell(self, attributes: Mapping[str, Attribute]) -> None: ...
    def fail(self, reason: str) -> None: ...
    def end(self) -> None: ...
    def entered(self) -> AbstractContextManager[object]:
        return _NOTHING


NO_SPAN: Final[Span] = _NoSpan()
_NOTHING: Final = nullcontext(NO_SPAN)
_tracer: Tracer | None = None


def start_tracing(tracer: Tracer | None) -> None:
    """None turns it off again."""
    global _tracer  # noqa: PLW0603 - see above: as logging is
    _tracer = tracer


def is_tracing() -> bool:
    return _tracer is not None


def begin_span(name: str, kind: SpanKind = SpanKind.INTERNAL, parent: str | None = None) -> Span:
    """For what ends elsewhere than in the block where it began."""
    return NO_SPAN if _tracer is None else _tracer.begin(name, kind, parent)


def span(
    name: str, kind: SpanKind = SpanKind.INTERNAL, parent: str | None = None
) -> AbstractContextManager[Span]:
    """Begun, entered and ended by a block; an error that leaves the block is its failure."""
    return _NOTHING if _tracer is None else _blockwise(_tracer.begin(name, kind, parent))


def current_span() -> Span | None:
    """None also where tracing is off."""
    return None if _tracer is None else _tracer.current()


def current_traceparent() -> str | None:
    here = current_span()
    return None if here is None else here.traceparent


@contextmanager
def _blockwise(begun: Span) -> Iterator[Span]:
    try:
        with begun.entered():
            yield begun
    except BaseException as error:
        begun.fail(type(error).__name__)  # an error's words may hold values
        raise
    finally:
        begun.end()
