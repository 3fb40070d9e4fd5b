"""Structured logs: an event name and fields; JSON for machines, colours on a terminal."""

import logging
import sys
from collections.abc import Iterable
from typing import Final, Literal

import structlog

from service_kit.tracing import current_traceparent

LogFormat = Literal["auto", "console", "json"]

_NOISY: Final = (
    *("uvicorn.access", "apscheduler", "asyncio", "websockets", "engineio", "socketio"),
    "urllib3",
)


def configure_logging(service: str, level: str, log_format: LogFormat) -> None:
    """Send our own logs and every library's through one structlog pipeline to stderr."""
    structlog.configure(
        processors=[*_facts(service), structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(level.upper()),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(line_formatter(service, _renderers(log_format)))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for noisy in _NOISY:
        logging.getLogger(noisy).setLevel(logging.WARNING)


def line_formatter(
    service: str, renderers: Iterable[structlog.typing.Processor]
) -> structlog.stdlib.ProcessorFormatter:
    """For a handler: the last of `renderers` makes a line of the event's name and fields."""
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_facts(service),
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *renderers],
    )


def _facts(service: str) -> list[structlog.typing.Processor]:
    """What every line says."""
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _name_service(service),
        _name_trace,
    ]


def _renderers(log_format: LogFormat) -> list[structlog.typing.Processor]:
    if log_format == "console" or (log_format == "auto" and sys.stderr.isatty()):
        return [structlog.dev.ConsoleRenderer()]
    return [structlog.processors.dict_tracebacks, structlog.processors.JSONRenderer()]


def _name_service(service: str) -> structlog.typing.Processor:
    def add(
        _logger: object, _method: str, event: structlog.typing.EventDict
    ) -> structlog.typing.EventDict:
        event["service"] = service
        return event

    return add


def _name_trace(
    _logger: object, _method: str, event: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    if traceparent := current_traceparent():
        _version, event["trace_id"], event["span_id"], _flags = traceparent.split("-")
    return event


def get_logger(name: str) -> structlog.stdlib.BoundLogger:
    logger: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger(name)
    return logger
