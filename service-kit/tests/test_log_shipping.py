import json
import math
from collections.abc import Sequence
from itertools import chain
from threading import Event

import pytest
from prometheus_client import CollectorRegistry, generate_latest
from pydantic import SecretStr
from pydantic_settings import BaseSettings

from service_kit.ecs_document import LONGEST_TEXT, Source, ecs_document
from service_kit.elasticsearch_bulk import Line, Sent, read_answer
from service_kit.log_shipping import MOST_AT_ONCE, LogShipper
from service_kit.secret_words import SecretWords

SOURCE = Source("market-service", "0.1.0", "staging")
PATIENCE_SECONDS = 10


class FakeIndex:
    """Answers what it is told to, then takes everything."""

    def __init__(self, answers: Sequence[Sent] = ()) -> None:
        self.answers = list(answers)
        self.sent: list[list[bytes]] = []
        self.is_closed = False

    def send(self, lines: Sequence[Line]) -> Sent:
        self.sent.append([line.document for line in lines])
        return self.answers.pop(0) if self.answers else Sent()

    def close(self) -> None:
        self.is_closed = True


class HangingIndex(FakeIndex):
    def __init__(self) -> None:
        super().__init__()
        self.asked, self.released = Event(), Event()

    def send(self, lines: Sequence[Line]) -> Sent:
        first = not self.asked.is_set()
        self.asked.set()
        assert self.released.wait(PATIENCE_SECONDS)
        super().send(lines)
        return Sent(again=lines, reason="it was away") if first else Sent()


def ended(shipper: LogShipper) -> LogShipper:
    shipper.start()
    shipper.end(PATIENCE_SECONDS)
    return shipper


def numbers(count: int) -> list[bytes]:
    return [str(number).encode() for number in range(count)]


def test_lines_go_in_order_and_in_batches() -> None:
    index = FakeIndex()
    shipper = LogShipper(index)
    for line in numbers(MOST_AT_ONCE + 1):
        shipper.offer(line)
    ended(shipper)
    assert [len(batch) for batch in index.sent] == [MOST_AT_ONCE, 1]
    assert list(chain(*index.sent)) == numbers(MOST_AT_ONCE + 1)
    assert (shipper.shipped, shipper.dropped, index.is_closed) == (MOST_AT_ONCE + 1, 0, True)


def test_no_more_than_its_bound_wait_and_the_oldest_are_dropped() -> None:
    index = FakeIndex()
    shipper = LogShipper(index, most_waiting=10)
    for line in numbers(25):
        shipper.offer(line)
    ended(shipper)
    assert list(chain(*index.sent)) == numbers(25)[15:]
    assert (shipper.shipped, shipper.dropped) == (10, 15)


def test_what_failed_meanwhile_counts_into_the_bound() -> None:
    index = HangingIndex()
    shipper = LogShipper(index, most_waiting=3)
    for line in numbers(3):
        shipper.offer(line)
    shipper.start()
    assert index.asked.wait(PATIENCE_SECONDS)
    for line in (b"3", b"4"):
        shipper.offer(line)
    index.released.set()
    shipper.end(PATIENCE_SECONDS)
    assert index.sent == [[b"0", b"1", b"2"], [b"2", b"3", b"4"]]
    assert shipper.dropped == 2


def test_what_has_to_go_again_goes_before_what_came_later() -> None:
    lines = [Line(f"id-{number}", document) for number, document in enumerate(numbers(3))]
    index = FakeIndex([Sent(again=lines[1:], refused=1, reason="too many")])
    shipper = LogShipper(index)
    for line in numbers(3):
        shipper.offer(line)
    ended(shipper)
    assert index.sent == [[b"0", b"1", b"2"], [b"1", b"2"]]
    assert (shipper.shipped, shipper.dropped) == (2, 1)


def test_both_counts_are_metrics() -> None:
    registry = CollectorRegistry()
    shipper = LogShipper(FakeIndex(), most_waiting=1)
    registry.register(shipper)
    for line in numbers(2):
        shipper.offer(line)
    ended(shipper)
    text = generate_latest(registry).decode()
    assert "log_lines_shipped_total 1.0" in text
    assert "log_lines_dropped_total 1.0" in text


LINES = [Line(name, b"{}") for name in ("a", "b", "c")]


def answered(*statuses: int) -> bytes:
    items = [{"create": {"status": status, "error": {"type": "e"}}} for status in statuses]
    return json.dumps({"errors": True, "items": items}).encode()


@pytest.mark.parametrize(
    ("status", "body", "again", "refused"),
    [
        (200, b'{"errors":false,"items":[]}', "", 0),
        (200, answered(201, 409, 201), "", 0),
        (200, answered(201, 429, 400), "b", 1),
        (200, b"no JSON", "abc", 0),
        (200, b'{"errors":true}', "abc", 0),
        (429, b"", "abc", 0),
        (503, b"", "abc", 0),
        (401, b"", "", 3),
        (413, b"", "", 3),
    ],
)
def test_an_answer_says_what_was_taken(status: int, body: bytes, again: str, refused: int) -> None:
    sent = read_answer(status, body, LINES)
    assert ("".join(line.id for line in sent.again), sent.refused) == (again, refused)
    assert bool(sent.reason) == bool(again or refused)


def test_a_line_becomes_a_document_whose_fields_cannot_contradict_anothers() -> None:
    document = ecs_document(
        {
            "event": "candles_stored",
            "level": "info",
            "logger": "market_service.writer",
            "timestamp": "2026-11-24T00:00:00Z",
            "service": "market-service",
            "trace_id": "a" * 32,
            "count": 60,
            "share": math.nan,
            "is_new": True,
            "rooms": ["one", "two"],
            "reason": "x" * (LONGEST_TEXT + 1),
            "exception": "Traceback …",
            "nothing": None,
        },
        SOURCE,
    )
    assert document == {
        "@timestamp": "2026-11-24T00:00:00Z",
        "message": "candles_stored",
        "log.level": "info",
        "log.logger": "market_service.writer",
        "trace.id": "a" * 32,
        "ecs.version": "8.11",
        "service.name": "market-service",
        "service.version": "0.1.0",
        "service.environment": "staging",
        "error.stack_trace": "Traceback …",
        "labels": {
            "share": "nan",
            "is_new": "True",
            "rooms": "['one', 'two']",
            "reason": "x" * LONGEST_TEXT,
        },
        "numeric_labels": {"count": 60},
    }
    assert SOURCE.data_stream == "logs-eth.market_service-default"


class Secrets(BaseSettings):
    database_url: SecretStr = SecretStr("postgresql://eth:p%40ssword@host/eth")
    admin_token: SecretStr | None = SecretStr("operator")
    pin: SecretStr = SecretStr("42")
    name: str = "visible"


def test_secrets_and_the_passwords_in_them_are_scrubbed_wherever_they_stand() -> None:
    words = SecretWords(Secrets())
    told = {
        "a": ["at postgresql://eth:p%40ssword@host/eth", ("p@ssword", 42)],
        "operator": "visible",
    }
    assert words.scrub(told) == {"a": ["at [secret]", ["[secret]", 42]], "[secret]": "visible"}
