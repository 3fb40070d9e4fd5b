"""Log lines go to Elasticsearch too, in batches and from a thread of their own.

Who logs never waits. What cannot be sent is kept and tried again; beyond `MOST_WAITING` lines the
oldest are dropped and counted. What this file itself logs is not shipped.
"""

import logging
import threading
import time
import uuid
from collections import deque
from collections.abc import Iterable, Sequence
from itertools import count
from typing import Final, Protocol

import orjson
import structlog
from prometheus_client.core import CounterMetricFamily
from prometheus_client.registry import Collector

from service_kit.ecs_document import Source, ecs_document
from service_kit.elasticsearch_bulk import Line, Sent
from service_kit.logging import get_logger, line_formatter
from service_kit.secret_words import SecretWords

log = get_logger(__name__)

MOST_WAITING: Final = 10_000
MOST_AT_ONCE: Final = 500
EVERY_SECONDS: Final = 1.0
LONGEST_WAIT_SECONDS: Final = 5.0
SAY_EVERY_SECONDS: Final = 60.0


class Index(Protocol):
    def send(self, lines: Sequence[Line]) -> Sent: ...
    def close(self) -> None: ...


class LogShipper(Collector):
    """Between `start` and `end` it sends what it is offered, in order."""

    def __init__(self, index: Index, most_waiting: int = MOST_WAITING) -> None:
        self._index = index
        self._waiting: deque[Line] = deque()
        self._most_waiting = most_waiting
        self._lock = threading.Lock()
        self._stirred = threading.Event()
        self._give_up_at: float | None = None
        self._thread = threading.Thread(target=self._run, name="log-shipper", daemon=True)
        self._ids = count()
        self._life = uuid.uuid4().hex
        self._say_at = float("-inf")
        self.shipped = 0
        self.dropped = 0

    def offer(self, document: bytes) -> None:
        """For any thread."""
        with self._lock:
            if len(self._waiting) >= self._most_waiting:
                self._waiting.popleft()
                self.dropped += 1
            self._waiting.append(Line(f"{self._life}-{next(self._ids)}", document))

    def start(self) -> None:
        self._thread.start()

    def end(self, seconds: float) -> None:
        """Send what waits, for at most so long."""
        self._give_up_at = time.monotonic() + seconds
        self._stirred.set()
        self._thread.join(seconds)

    def collect(self) -> Iterable[CounterMetricFamily]:
        for name, text, value in (
            ("log_lines_shipped", "Log lines that Elasticsearch took.", self.shipped),
            ("log_lines_dropped", "Log lines that it refused or was away for.", self.dropped),
        ):
            yield CounterMetricFamily(name, text, value)

    def _run(self) -> None:
        failures = 0
        while not self._is_over():
            batch = self._take()
            failures = failures + 1 if batch and not self._send(batch) else 0
            if failures or len(batch) < MOST_AT_ONCE:
                self._rest(min(EVERY_SECONDS * 2 ** max(0, failures - 1), LONGEST_WAIT_SECONDS))
        self._index.close()

    def _is_over(self) -> bool:
        """Whether the end has come, and nothing waits or there is no more time for it."""
        end = self._give_up_at
        return end is not None and (not self._waiting or time.monotonic() >= end)

    def _rest(self, seconds: float) -> None:
        if self._give_up_at is None:
            self._stirred.wait(seconds)
        elif self._waiting:
            time.sleep(0.1)

    def _take(self) -> list[Line]:
        with self._lock:
            many = min(len(self._waiting), MOST_AT_ONCE)
            return [self._waiting.popleft() for _ in range(many)]

    def _send(self, batch: list[Line]) -> bool:
        """Whether all of it is dealt with; else the rest waits, before what came later."""
        sent = self._index.send(batch)
        with self._lock:
            self.shipped += len(batch) - len(sent.again) - sent.refused
            self.dropped += sent.refused
            self._put_back(sent.again)
        self._say(sent)
        return not sent.again

    def _put_back(self, lines: Sequence[Line]) -> None:
        room = self._most_waiting - len(self._waiting)
        kept = lines[max(0, len(lines) - room) :]
        self.dropped += len(lines) - len(kept)
        self._waiting.extendleft(reversed(kept))

    def _say(self, sent: Sent) -> None:
        if sent.reason and time.monotonic() >= self._say_at:
            self._say_at = time.monotonic() + SAY_EVERY_SECONDS
            waiting = len(self._waiting)
            log.warning("logs_not_shipped", reason=sent.reason, waiting=waiting, lost=self.dropped)


class ShippingHandler(logging.Handler):
    """A handler of the root logger."""

    def __init__(self, shipper: LogShipper, source: Source, words: SecretWords) -> None:
        super().__init__()
        self._shipper = shipper

        def render(_logger: object, _method: str, event: structlog.typing.EventDict) -> str:
            document = words.scrub(ecs_document(event, source))
            return orjson.dumps(document, default=str).decode()

        self.setFormatter(
            line_formatter(source.service, [structlog.processors.format_exc_info, render])
        )

    def emit(self, record: logging.LogRecord) -> None:
        if record.name == __name__:
            return
        try:
            self._shipper.offer(self.format(record).encode())
        except Exception:  # noqa: BLE001 - as logging's own handlers do
            self.handleError(record)
