"""Errors go to Sentry: what is logged as one, with its exception; no request, no value, no person.

Imported only where `SENTRY_DSN` is set. Reports are sent from a thread of Sentry's own; beyond
`MOST_WAITING` of them are dropped, so a Sentry that is away keeps nobody waiting.
"""

import logging
import sys
from types import TracebackType
from typing import Any, Final

import sentry_sdk
from sentry_sdk.types import Event, Hint
from sentry_sdk.utils import event_from_exception

from service_kit.logging import get_logger
from service_kit.secret_words import SecretWords

log = get_logger(__name__)

MOST_WAITING: Final = 100
_TAGS: Final = ("request_id", "trace_id", "logger")
_NOT_FIELDS: Final = frozenset({"event", "level", "timestamp", "exc_info", "stack_info", *_TAGS})


class ErrorReports(logging.Handler):
    """A handler of the root logger."""

    def __init__(
        self, dsn: str, service: str, version: str, deployment: str, words: SecretWords
    ) -> None:
        super().__init__(logging.ERROR)
        self._client = sentry_sdk.Client(
            dsn=dsn,
            release=f"{service}@{version}",
            environment=deployment,
            server_name=service,
            before_send=lambda event, _hint: words.scrub(event),
            default_integrations=False,
            auto_enabling_integrations=False,
            send_default_pii=False,
            max_request_body_size="never",
            include_local_variables=False,
            max_breadcrumbs=0,
            auto_session_tracking=False,
            send_client_reports=False,
            transport_queue_size=MOST_WAITING,
        )

    def emit(self, record: logging.LogRecord) -> None:
        if record.name.startswith("sentry_sdk"):
            return
        event, hint = _report(record, self._client.options)
        self._client.capture_event(event, hint)

    def report_crashes(self) -> None:
        """What nobody catches ends the process, and is reported before."""
        usual = sys.excepthook

        def hook(
            kind: type[BaseException], error: BaseException, trace: TracebackType | None
        ) -> None:
            if issubclass(kind, Exception):
                log.critical("process_crashed", exc_info=(kind, error, trace))
            usual(kind, error, trace)

        sys.excepthook = hook

    def end(self, seconds: float) -> None:
        """Send what waits, for at most so long."""
        self._client.close(timeout=seconds, callback=lambda _pending, _seconds: None)


def _report(record: logging.LogRecord, options: dict[str, Any]) -> tuple[Event, Hint]:
    """Any: Sentry's own options."""
    fields = record.msg if isinstance(record.msg, dict) else {"event": record.getMessage()}
    error = _exception(fields.get("exc_info") or record.exc_info)
    event: Event = {}
    hint: Hint = {}
    if error is not None:
        event, hint = event_from_exception(error, client_options=options)
    event["level"] = "fatal" if record.levelno >= logging.CRITICAL else "error"
    event["logger"] = record.name
    event["logentry"] = {"message": str(fields.get("event"))}
    event["tags"] = {name: fields[name] for name in _TAGS if name in fields}
    event["extra"] = {name: fields[name] for name in fields.keys() - _NOT_FIELDS}
    return event, hint


def _exception(given: object) -> BaseException | None:
    """Of the forms in which logging is told of one."""
    if isinstance(given, tuple):
        _kind, given, _trace = given
    if isinstance(given, BaseException):
        return given
    return sys.exc_info()[1] if given else None
