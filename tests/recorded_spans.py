"""A tracer that keeps its spans, for unit tests; ids are counted."""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from service_kit.tracing import Attribute, Span, SpanKind, start_tracing


@dataclass(slots=True)
class RecordedSpan:
    tracer: "RecordedSpans"
    name: str
    kind: SpanKind
    parent: str | None
    traceparent: str | None
    attributes: dict[str, Attribute] = field(default_factory=dict)
    failure: str | None = None
    is_ended: bool = False

    def rename(self, name: str) -> None:
        self.name = name

    def tell(self, attributes: Mapping[str, Attribute]) -> None:
        self.attributes |= attributes

    def fail(self, reason: str) -> None:
        self.failure = reason

    def end(self) -> None:
        assert not self.is_ended
        self.is_ended = True

    def entered(self) -> AbstractContextManager[object]:
        return self.tracer.within(self)


class RecordedSpans:
    def __init__(self) -> None:
        self.spans: list[RecordedSpan] = []
        self._here: ContextVar[RecordedSpan | None] = ContextVar("here", default=None)

    def begin(self, name: str, kind: SpanKind, parent: str | None) -> Span:
        here = self._here.get()
        above = parent or (here.traceparent if here else None)
        number = len(self.spans) + 1
        traceparent = f"00-{'a' * 32}-{number:016x}-01"
        span = RecordedSpan(self, name, kind, above, traceparent)
        self.spans.append(span)
        return span

    def current(self) -> Span | None:
        return self._here.get()

    @contextmanager
    def within(self, span: RecordedSpan) -> Iterator[None]:
        token = self._here.set(span)
        try:
            yield
        finally:
            self._here.reset(token)

    def named(self, name: str) -> RecordedSpan:
        (found,) = [span for span in self.spans if span.name == name]
        return found


@contextmanager
def recorded_spans() -> Iterator[RecordedSpans]:
    tracer = RecordedSpans()
    start_tracing(tracer)
    try:
        yield tracer
    finally:
        start_tracing(None)
