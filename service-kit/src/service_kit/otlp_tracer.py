"""Tracing by OpenTelemetry: spans go to a collector, in batches and from a thread of their own.

Imported only where `TRACES_ENDPOINT` is set. The SDK's own variables hold beside it, as
`OTEL_TRACES_SAMPLER` and `OTEL_EXPORTER_OTLP_HEADERS`.
"""

import threading
from collections.abc import Mapping
from contextlib import AbstractContextManager
from typing import Final

from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from service_kit.patient_exporter import PatientExporter
from service_kit.tracing import HEADER, Attribute, Span, SpanKind

MOST_WAITING: Final = 4_096
"""Spans, of about 1 kB each; beyond that the oldest are lost."""
MOST_AT_ONCE: Final = 512
EVERY_MS: Final = 1_000
EXPORT_SECONDS: Final = 5.0
"""For one batch, all its attempts together."""

_PROPAGATOR: Final = TraceContextTextMapPropagator()


class OtlpSpan:
    def __init__(self, span: trace.Span) -> None:
        self._span = span

    @property
    def traceparent(self) -> str | None:
        carrier: dict[str, str] = {}
        _PROPAGATOR.inject(carrier, trace.set_span_in_context(self._span))
        return carrier.get(HEADER)

    def rename(self, name: str) -> None:
        self._span.update_name(name)

    def tell(self, attributes: Mapping[str, Attribute]) -> None:
        self._span.set_attributes(attributes)

    def fail(self, reason: str) -> None:
        self._span.set_status(trace.StatusCode.ERROR, reason)

    def end(self) -> None:
        self._span.end()

    def entered(self) -> AbstractContextManager[object]:
        return trace.use_span(self._span, record_exception=False, set_status_on_exception=False)


class OtlpTracer:
    def __init__(self, endpoint: str, service: str, version: str, deployment: str) -> None:
        """`endpoint` is the collector's base URL, as `http://collector:4318`."""
        exporter = OTLPSpanExporter(f"{endpoint.rstrip('/')}/v1/traces", timeout=EXPORT_SECONDS)
        resource = Resource.create(
            {
                "service.name": service,
                "service.version": version,
                "deployment.environment.name": deployment,
            }
        )
        self._provider = TracerProvider(resource=resource, shutdown_on_exit=False)
        self._provider.add_span_processor(
            BatchSpanProcessor(
                PatientExporter(exporter),
                max_queue_size=MOST_WAITING,
                max_export_batch_size=MOST_AT_ONCE,
                schedule_delay_millis=EVERY_MS,
            )
        )
        self._tracer = self._provider.get_tracer("service-kit", version)

    def begin(self, name: str, kind: SpanKind, parent: str | None) -> Span:
        context = _PROPAGATOR.extract({HEADER: parent}) if parent else None
        return OtlpSpan(self._tracer.start_span(name, context, trace.SpanKind[kind]))

    def current(self) -> Span | None:
        span = trace.get_current_span()
        return OtlpSpan(span) if span.get_span_context().is_valid else None

    def close(self, seconds: float) -> None:
        """Send what waits, for at most so long."""
        closing = threading.Thread(target=self._provider.shutdown, daemon=True)
        closing.start()
        closing.join(seconds)
