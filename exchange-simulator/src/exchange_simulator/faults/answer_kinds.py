"""REST answers that are none: refusals, pages, and JSON that is cut or broken.

A kind makes the whole answer, from that of the exchange where it needs it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Final

from pydantic import Field

from exchange_simulator.answer import HTML, Answer
from exchange_simulator.faults.entries import FaultEntry, LastingEntry
from exchange_simulator.faults.html_page import html_page
from exchange_simulator.random_source import Source, coin

SERVER_ERRORS: Final = (500, 502, 503, 504)


@dataclass(frozen=True, slots=True)
class AnswerKind:
    """`answer` is given the exchange's own body."""

    answer: Callable[[bytes, Source], Answer]
    entry: type[FaultEntry] = LastingEntry


def _html(_body: bytes, source: Source) -> Answer:
    return Answer(200, html_page(200, int(source.integers(1_000_000))).encode(), HTML)


def _truncated(body: bytes, source: Source) -> Answer:
    return Answer(200, body[: int(source.integers(1, len(body)))])


def _broken(body: bytes, source: Source) -> Answer:
    """As long as it was, or longer; no parser takes it."""
    place = int(source.integers(len(body)))
    damage = (b"\x00", b'"', b"}{", b"\xff\xfe", b",,", b"<")
    return Answer(
        200, body[:place] + damage[int(source.integers(len(damage)))] + body[place:] + b"]}"
    )


def _empty(_body: bytes, _source: Source) -> Answer:
    return Answer(200, b"[]")


def _server_error(_body: bytes, source: Source) -> Answer:
    status = SERVER_ERRORS[int(source.integers(len(SERVER_ERRORS)))]
    if coin(source):
        return Answer(
            status, b'{"code":-1001,"msg":"Internal error; unable to process your request."}'
        )
    return Answer(status, html_page(status, int(source.integers(1_000_000))).encode(), HTML)


def _firewall(_body: bytes, source: Source) -> Answer:
    return Answer(403, html_page(403, int(source.integers(1_000_000))).encode(), HTML)


def _unavailable_here(_body: bytes, _source: Source) -> Answer:
    message = b"Service unavailable from a restricted location according to the terms of use."
    return Answer(451, b'{"code":0,"msg":"' + message + b'"}')


ANSWER_KINDS: Final[Mapping[str, AnswerKind]] = {
    "html_answers": AnswerKind(_html),
    "truncated_json": AnswerKind(_truncated),
    "broken_json": AnswerKind(_broken),
    "empty_answers": AnswerKind(_empty),
    "server_errors": AnswerKind(_server_error),
    "firewall": AnswerKind(_firewall),
    "unavailable_here": AnswerKind(_unavailable_here),
}


class RetryAfterEntry(LastingEntry):
    retry_after: Annotated[int, Field(ge=1, le=3600)] = 5


class SlowEntry(LastingEntry):
    seconds: Annotated[float, Field(gt=0, le=600)] = 3.0


@dataclass(frozen=True, slots=True)
class RefusalKind:
    """A refusal that says how long to stay away."""

    status: int
    message: str
    entry: type[RetryAfterEntry] = RetryAfterEntry


REFUSAL_KINDS: Final[Mapping[str, RefusalKind]] = {
    "ban": RefusalKind(418, "Way too much request weight used; IP banned until {until_ms}."),
    "too_many_requests": RefusalKind(429, "Too many requests; please try again at {until_ms}."),
}


@dataclass(frozen=True, slots=True)
class ConnectionKind:
    """What happens to a request's connection rather than to its answer."""

    entry: type[LastingEntry]


CONNECTION_KINDS: Final[Mapping[str, ConnectionKind]] = {
    "refuse_rest": ConnectionKind(LastingEntry),
    "slow_answers": ConnectionKind(SlowEntry),
}
