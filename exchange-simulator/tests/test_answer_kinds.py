import orjson
import pytest

from exchange_simulator.answer import Answer
from exchange_simulator.faults.answer_kinds import ANSWER_KINDS
from exchange_simulator.random_source import random_source

BODY = b'[[1722816000000,"2000.1","2001.0","1999.9","2000.5","3.0"]]'
SEEDS = range(50)


def answers(kind: str, body: bytes = BODY) -> list[Answer]:
    return [ANSWER_KINDS[kind].answer(body, random_source(seed, "test")) for seed in SEEDS]


@pytest.mark.parametrize("kind", ANSWER_KINDS)
def test_the_seed_decides(kind: str) -> None:
    assert answers(kind) == answers(kind)


@pytest.mark.parametrize("kind", ["truncated_json", "broken_json"])
@pytest.mark.parametrize("body", [BODY, b"{}", b'{"serverTime":1}'])
def test_nobody_can_parse_what_is_cut_or_broken(kind: str, body: bytes) -> None:
    for answer in answers(kind, body):
        assert (answer.status, answer.media_type) == (200, "application/json")
        with pytest.raises(orjson.JSONDecodeError):
            orjson.loads(answer.body)


def test_a_page_may_come_with_status_200() -> None:
    assert all(
        (answer.status, answer.media_type) == (200, "text/html; charset=utf-8")
        and answer.body.startswith(b"<!DOCTYPE html>")
        for answer in answers("html_answers")
    )


def test_server_errors_have_every_status_and_both_kinds_of_body() -> None:
    found = answers("server_errors")
    assert {answer.status for answer in found} == {500, 502, 503, 504}
    assert {answer.media_type for answer in found} == {
        "application/json",
        "text/html; charset=utf-8",
    }


def test_the_other_refusals_are_as_documented() -> None:
    assert {answer.status for answer in answers("firewall")} == {403}
    assert {answer.status for answer in answers("unavailable_here")} == {451}
    assert {answer.body for answer in answers("empty_answers")} == {b"[]"}
