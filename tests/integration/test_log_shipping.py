"""A service whose log goes to Elasticsearch too: a real server that speaks `_bulk`."""

import json
import signal
from base64 import b64encode
from pathlib import Path
from typing import Any

import httpx
import pytest

from eth_cli.free_port import free_port
from market_stack import wait_until
from recording_http import Posted, RecordingHttp, recording_http
from talking_process import PASSWORD, talking_process

pytestmark = pytest.mark.integration

PATH = "/logs-eth.talking_service-default/_bulk"


class Elasticsearch:
    """Creates what it does not have, as the real one does; `fails` are answered first."""

    def __init__(self, fails: list[int] | None = None) -> None:
        self.fails = fails or []
        self.documents: dict[str, dict[str, Any]] = {}
        self.seen_again = 0

    def answer(self, posted: Posted) -> tuple[int, bytes]:
        assert posted.path == PATH
        if self.fails:
            status = self.fails.pop(0)
            if status != 200:
                return status, b"{}"
            self._create(posted)
            return 200, b"{ this is no JSON"
        items = self._create(posted)
        errors = any(item["create"]["status"] >= 400 for item in items)
        return 200, json.dumps({"errors": errors, "items": items}).encode()

    def _create(self, posted: Posted) -> list[dict[str, Any]]:
        lines = posted.body.splitlines()
        return [
            {"create": {"status": self._add(json.loads(action)["create"]["_id"], line)}}
            for action, line in zip(lines[::2], lines[1::2], strict=True)
        ]

    def _add(self, identifier: str, line: bytes) -> int:
        if identifier in self.documents:
            self.seen_again += 1
            return 409
        self.documents[identifier] = json.loads(line)
        return 201

    def said(self) -> list[int]:
        documents = list(self.documents.values())
        return [one["numeric_labels"]["number"] for one in documents if one["message"] == "said"]


def url(port: int) -> str:
    return f"http://eth:s%3Acret@127.0.0.1:{port}"


def metrics(service: str) -> dict[str, float]:
    lines = httpx.get(f"{service}/metrics").text.splitlines()
    pairs = [line.split(" ") for line in lines if line.startswith("log_lines_")]
    return {name: float(value) for name, value in pairs}


def test_a_line_arrives_with_its_fields_and_without_secrets(tmp_path: Path) -> None:
    search = Elasticsearch()
    with recording_http(search.answer) as server:
        settings = {"ELASTICSEARCH_URL": url(server.port), "DEPLOYMENT": "staging"}
        with talking_process(settings, tmp_path) as service:
            answer = httpx.post(f"{service.url}/say/7")
            httpx.post(f"{service.url}/fail/somebody")
            wait_until(lambda: len(search.documents) >= 2, "both lines arrived")
            wait_until(
                lambda: metrics(service.url)["log_lines_shipped_total"] >= 2, "they are counted"
            )
            assert metrics(service.url)["log_lines_dropped_total"] == 0
    said = next(one for one in search.documents.values() if one["message"] == "said")
    assert said["service.name"] == "talking-service"
    assert said["service.environment"] == "staging"
    assert (said["log.level"], said["log.logger"]) == ("info", "__main__")
    assert said["http.request.id"] == answer.headers["x-request-id"]
    assert said["@timestamp"].endswith("Z")
    assert said["labels"] == {"url": "[secret]"}
    failed = next(one for one in search.documents.values() if one["message"] == "request_failed")
    assert "RuntimeError: somebody cannot connect to [secret]" in failed["error.stack_trace"]
    assert PASSWORD.encode() not in b"".join(posted.body for posted in server.posted)
    expected = f"Basic {b64encode(b'eth:s:cret').decode()}"
    assert {posted.headers["authorization"] for posted in server.posted} == {expected}


def test_lines_from_while_it_was_away_arrive_in_order_and_none_twice(tmp_path: Path) -> None:
    port = free_port()
    search = Elasticsearch(fails=[503, 429, 200])
    with talking_process({"ELASTICSEARCH_URL": url(port)}, tmp_path) as service:
        for number in range(50):
            httpx.post(f"{service.url}/say/{number}").raise_for_status()
        with recording_http(search.answer, port) as server:
            wait_until(lambda: len(search.said()) == 50, "all lines arrived")
            wait_until(lambda: search.seen_again > 0, "what was answered unreadably came again")
            httpx.post(f"{service.url}/say/50").raise_for_status()
            wait_until(lambda: len(search.said()) == 51, "the next one arrived")
            assert search.said() == list(range(51))
            assert len(server.posted) >= 4
        own_log = service.log.read_text()
    assert "logs_not_shipped" in own_log
    assert "logs_not_shipped" not in json.dumps(list(search.documents.values()))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_what_waits_is_sent_when_the_service_ends(tmp_path: Path, number: signal.Signals) -> None:
    search = Elasticsearch()
    with recording_http(search.answer) as server:
        del server.posted[:]
        with talking_process({"ELASTICSEARCH_URL": url(server.port)}, tmp_path) as service:
            httpx.post(f"{service.url}/say/1").raise_for_status()
            service.process.send_signal(number)
            service.process.wait(15)
    assert search.said() == [1]
    assert "last_words" in {one["message"] for one in search.documents.values()}


def test_a_service_that_ends_does_not_wait_for_one_that_is_away(tmp_path: Path) -> None:
    def never(_posted: Posted) -> tuple[int, bytes]:
        return 503, b"{}"

    def ended(server: RecordingHttp) -> int:
        with talking_process({"ELASTICSEARCH_URL": url(server.port)}, tmp_path) as service:
            httpx.post(f"{service.url}/say/1").raise_for_status()
            service.process.terminate()
            return service.process.wait(10)

    with recording_http(never) as server:
        assert ended(server) == -signal.SIGTERM
