"""To whom a process tells how it goes: its log, and what the settings turn on beside it.

Each of the three is imported only where its setting is there, works in a thread of its own, and
may be away for as long as it likes.
"""

import logging
import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from importlib.metadata import version
from types import FrameType
from typing import Final

from prometheus_client import CollectorRegistry
from prometheus_client.registry import Collector

from service_kit.logging import configure_logging
from service_kit.secret_words import SecretWords
from service_kit.settings import ServiceSettings
from service_kit.tracing import start_tracing

LAST_WORDS_SECONDS: Final = 1.5
"""For each of them, to send what waits when the process ends."""


class ObservedProcess:
    def __init__(self, name: str, settings: ServiceSettings) -> None:
        """At once, so that what comes next is seen."""
        self._name = name
        self._settings = settings
        self._version = version("service-kit")  # one for the whole platform
        self._ends: list[Callable[[float], None]] = []
        self._collectors: list[Collector] = []
        configure_logging(name, settings.log_level, settings.log_format)
        self._trace()
        self._report_errors()
        self._ship_logs()

    def publish(self, registry: CollectorRegistry) -> None:
        """What is counted here, among the service's metrics."""
        for collector in self._collectors:
            registry.register(collector)

    @contextmanager
    def running(self) -> Iterator[None]:
        """What still waits is sent at the block's end, also when SIGTERM ends it."""
        with ExitStack() as stack:
            for end in self._ends:
                stack.callback(end, LAST_WORDS_SECONDS)
            if self._ends:
                _before_sigterm(stack.close)
            yield

    def _trace(self) -> None:
        given = self._settings
        if given.traces_endpoint is None:
            return
        from service_kit.otlp_tracer import OtlpTracer  # noqa: PLC0415 - only where it is on

        tracer = OtlpTracer(given.traces_endpoint, self._name, self._version, given.deployment)
        start_tracing(tracer)
        self._ends.append(tracer.close)

    def _report_errors(self) -> None:
        given = self._settings
        if given.sentry_dsn is None:
            return
        from service_kit.error_reports import ErrorReports  # noqa: PLC0415 - only where it is on

        dsn, words = given.sentry_dsn.get_secret_value(), SecretWords(given)
        reports = ErrorReports(dsn, self._name, self._version, given.deployment, words)
        reports.report_crashes()
        logging.getLogger().addHandler(reports)
        self._ends.append(reports.end)

    def _ship_logs(self) -> None:
        given = self._settings
        if given.elasticsearch_url is None:
            return
        from service_kit.ecs_document import Source  # noqa: PLC0415 - only where it is on
        from service_kit.elasticsearch_bulk import ElasticsearchBulk  # noqa: PLC0415
        from service_kit.log_shipping import LogShipper, ShippingHandler  # noqa: PLC0415

        source = Source(self._name, self._version, given.deployment)
        url = given.elasticsearch_url.get_secret_value()
        shipper = LogShipper(ElasticsearchBulk(url, source.data_stream))
        shipper.start()
        logging.getLogger().addHandler(ShippingHandler(shipper, source, SecretWords(given)))
        self._collectors.append(shipper)
        self._ends.append(shipper.end)


def _before_sigterm(end: Callable[[], None]) -> None:
    """Because uvicorn sends the signal that stopped it once more, which ends the process."""

    def leave(number: int, _frame: FrameType | None) -> None:
        end()
        signal.signal(number, signal.SIG_DFL)
        signal.raise_signal(number)

    signal.signal(signal.SIGTERM, leave)
