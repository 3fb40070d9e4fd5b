"""A collector of OTLP over HTTP: reads the protobuf that services send, and keeps the spans."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.common.v1.common_pb2 import KeyValue
from opentelemetry.proto.trace.v1.trace_pb2 import Span as SpanMessage

from recording_http import TAKEN, Posted, RecordingHttp, recording_http


@dataclass(frozen=True, slots=True)
class CollectedSpan:
    service: str
    name: str
    kind: str
    trace_id: str
    id: str
    parent_id: str
    """Empty at the root."""
    attributes: dict[str, object]
    nanoseconds: int


@dataclass(frozen=True, slots=True)
class Collector:
    server: RecordingHttp
    spans: list[CollectedSpan]

    @property
    def url(self) -> str:
        return self.server.url

    def traces(self) -> dict[str, list[CollectedSpan]]:
        found: dict[str, list[CollectedSpan]] = {}
        for span in list(self.spans):
            found.setdefault(span.trace_id, []).append(span)
        return found


@contextmanager
def otlp_collector() -> Iterator[Collector]:
    spans: list[CollectedSpan] = []

    def keep(posted: Posted) -> tuple[int, bytes]:
        assert posted.path == "/v1/traces"
        request = ExportTraceServiceRequest.FromString(posted.body)
        for sender in request.resource_spans:
            service = _attributes(sender.resource.attributes)["service.name"]
            for scope in sender.scope_spans:
                spans.extend(_span(str(service), message) for message in scope.spans)
        return TAKEN

    with recording_http(keep) as server:
        yield Collector(server, spans)


def _span(service: str, message: SpanMessage) -> CollectedSpan:
    return CollectedSpan(
        service=service,
        name=message.name,
        kind=SpanMessage.SpanKind.Name(message.kind).removeprefix("SPAN_KIND_"),
        trace_id=message.trace_id.hex(),
        id=message.span_id.hex(),
        parent_id=message.parent_span_id.hex(),
        attributes=_attributes(message.attributes),
        nanoseconds=message.end_time_unix_nano - message.start_time_unix_nano,
    )


def _attributes(pairs: Iterable[KeyValue]) -> dict[str, object]:
    found: dict[str, object] = {}
    for pair in pairs:
        kind = pair.value.WhichOneof("value")
        found[pair.key] = getattr(pair.value, kind) if kind else None
    return found
