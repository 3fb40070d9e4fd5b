"""What cannot be exported is lost, and said once in a while instead of with every batch."""

import logging
import time
from collections.abc import Callable, Sequence
from typing import Final

from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SpanExporter, SpanExportResult

from service_kit.logging import get_logger

log = get_logger(__name__)

SAY_EVERY_SECONDS: Final = 60.0


class PatientExporter(SpanExporter):
    def __init__(
        self, exporter: SpanExporter, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._exporter = exporter
        self._monotonic = monotonic
        self._lost = 0
        self._say_at = float("-inf")
        logging.getLogger("opentelemetry").setLevel(logging.CRITICAL)  # we say it ourselves

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        result = self._exporter.export(spans)
        if result is SpanExportResult.SUCCESS:
            self._say_at = float("-inf")
            return result
        self._lost += len(spans)
        if self._monotonic() >= self._say_at:
            self._say_at = self._monotonic() + SAY_EVERY_SECONDS
            log.warning("spans_not_exported", lost=self._lost)
        return result

    def shutdown(self) -> None:
        self._exporter.shutdown()

    def force_flush(self, timeout_millis: int = 30_000) -> bool:
        return self._exporter.force_flush(timeout_millis)
