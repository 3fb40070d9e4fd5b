"""A service whose errors go to Sentry: a real endpoint gets the envelope."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import httpx
import pytest

from eth_cli.free_port import free_port
from market_stack import wait_until
from recording_http import RecordingHttp, recording_http
from talking_process import PASSWORD, TOKEN, talking_process

pytestmark = pytest.mark.integration


@pytest.fixture
def sentry() -> Iterator[RecordingHttp]:
    with recording_http() as sentry:
        yield sentry


def dsn(port: int) -> str:
    return f"http://0123456789abcdef@127.0.0.1:{port}/42"


def events(sentry: RecordingHttp) -> list[dict[str, Any]]:
    """Of the envelopes: a line of JSON each for the envelope, an item's header, the item."""
    found = []
    for posted in list(sentry.posted):
        assert posted.path == "/api/42/envelope/"
        lines = posted.body.splitlines()
        for header, item in zip(lines[1::2], lines[2::2], strict=True):
            if json.loads(header)["type"] == "event":
                found.append(json.loads(item))
    return found


def test_an_unhandled_error_arrives_once_with_its_release_and_without_secrets(
    sentry: RecordingHttp, tmp_path: Path
) -> None:
    settings = {"SENTRY_DSN": dsn(sentry.port), "DEPLOYMENT": "staging"}
    with talking_process(settings, tmp_path) as service:
        answer = httpx.post(f"{service.url}/fail/somebody", json={"card": "4242-4242"})
        assert answer.status_code == 500
        request_id = answer.headers["x-request-id"]
        httpx.post(f"{service.url}/say/1").raise_for_status()
        wait_until(lambda: bool(events(sentry)), "the error arrived")
    (event,) = events(sentry)
    assert event["release"] == f"talking-service@{version('service-kit')}"
    assert event["environment"] == "staging"
    assert event["logentry"]["message"] == "request_failed"
    assert event["tags"]["request_id"] == request_id
    (error,) = event["exception"]["values"]
    assert (error["type"], error["value"]) == (
        "RuntimeError",
        "somebody cannot connect to [secret]",
    )
    assert error["stacktrace"]["frames"][-1]["function"] == "fail"
    sent = b"".join(posted.body for posted in sentry.posted)
    for word in (PASSWORD, TOKEN, "4242-4242", "0123456789abcdef@"):
        assert word.encode() not in sent
    assert "request" not in event
    assert "user" not in event


def test_a_sentry_that_is_away_or_slow_delays_no_answer_and_no_end(tmp_path: Path) -> None:
    def slow(_posted: object) -> tuple[int, bytes]:
        time.sleep(20)
        return 200, b"{}"

    with (
        recording_http(slow) as sentry,
        talking_process({"SENTRY_DSN": dsn(sentry.port)}, tmp_path) as service,
    ):
        took = [_seconds_of(f"{service.url}/fail/{number}") for number in range(20)]
        assert max(took) < 5
        began = time.monotonic()
        service.process.terminate()
        service.process.wait(15)
        assert time.monotonic() - began < 10


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SENTRY_DSN", "https://sentry.example/42"),
        ("SENTRY_DSN", "https://key-of-mine:hush@sentry.example"),
        ("TRACES_ENDPOINT", "collector:4318"),
        ("TRACES_ENDPOINT", "grpc://collector:4317"),
        ("TRACES_ENDPOINT", "http://user:hush@collector:4318"),
        ("ELASTICSEARCH_URL", "elastic:hush@search:9200"),
        ("ELASTICSEARCH_URL", "https://search:port"),
        ("DEPLOYMENT", "my laptop"),
    ],
)
def test_a_setting_that_is_wrong_is_one_sentence_without_its_secret(name: str, value: str) -> None:
    environment = {"DATABASE_URL": "postgresql+asyncpg://x@127.0.0.1/x", name: value}
    done = subprocess.run(
        [sys.executable, Path(__file__).parents[1] / "talking_service.py"],
        env={**environment, "PORT": str(free_port())},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 2
    assert name in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert "hush" not in done.stderr


def _seconds_of(url: str) -> float:
    began = time.monotonic()
    assert httpx.post(url, timeout=30).status_code == 500
    return time.monotonic() - began
