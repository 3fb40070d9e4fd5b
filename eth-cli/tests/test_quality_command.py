"""What the command asks of market-service, and what it makes of its answers."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from types import SimpleNamespace
from typing import Any, cast

import pytest
from typer.testing import CliRunner

from eth_cli import quality_command
from eth_cli.main import app
from eth_cli.quality_command import read_quality
from eth_cli.running_stack import RunningStack
from eth_cli.stack_errors import StackError, WrongOptionError
from trading_core.symbol import Symbol

pytestmark = pytest.mark.integration

ETH = Symbol("ETH", "USDT")
BTC = Symbol("BTC", "USDT")
NOTHING_STORED: dict[str, Any] = {  # Any: JSON
    "symbol": "ETHUSDT",
    "nowMs": 0,
    "speed": 1.0,
    "whole": True,
    "series": [],
    "feed": None,
}


class Service:
    """What was asked, and what is answered."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.answer: tuple[int, dict[str, Any]] = (200, {"data": {"whole": True}})


@pytest.fixture
def service() -> Service:
    return Service()


@pytest.fixture
def stack(service: Service) -> Iterator[RunningStack]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            service.asked.append(self.path)
            status, body = service.answer
            self.send_response(status)
            self.end_headers()
            self.wfile.write(json.dumps(body).encode())

        def log_message(self, *_: object) -> None:
            """Nowhere."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    state = SimpleNamespace(ports={"market": server.server_port})
    yield cast("RunningStack", SimpleNamespace(state=state, watched=lambda _: (ETH, BTC)))
    server.shutdown()
    server.server_close()


def test_the_report_is_asked_for_with_its_market_and_since(
    stack: RunningStack, service: Service
) -> None:
    assert read_quality(stack, ETH, 1_722_807_000_000) == {"whole": True}
    assert read_quality(stack, ETH, None) == {"whole": True}
    assert service.asked == [
        "/api/market/quality?symbol=ETHUSDT&since=1722807000000",
        "/api/market/quality?symbol=ETHUSDT",
    ]


def test_what_the_service_refuses_is_a_wrong_option(stack: RunningStack, service: Service) -> None:
    service.answer = (400, {"error": {"message": "since lies in the future"}})
    with pytest.raises(WrongOptionError, match=r"--since lies in the future\."):
        read_quality(stack, ETH, 2**52)


def test_a_service_that_cannot_tell_is_named(stack: RunningStack, service: Service) -> None:
    service.answer = (503, {"error": {"message": "the database cannot be reached"}})
    with pytest.raises(StackError, match=r"market-service does not say.*503"):
        read_quality(stack, ETH, None)


@pytest.mark.parametrize(("whole", "code"), [(True, 0), (False, 1)])
def test_the_exit_code_says_whether_all_is_whole(
    monkeypatch: pytest.MonkeyPatch,
    stack: RunningStack,
    service: Service,
    *,
    whole: bool,
    code: int,
) -> None:
    monkeypatch.setattr(quality_command, "running_stack", lambda _folder: stack)
    service.answer = (200, {"data": {**NOTHING_STORED, "whole": whole}})
    assert CliRunner().invoke(app, ["quality"]).exit_code == code
    result = CliRunner().invoke(app, ["quality", "--json"])
    assert result.exit_code == code
    told = [json.loads(line)["whole"] for line in result.stdout.splitlines()]
    assert told == [whole, whole]


def test_what_all_markets_share_is_told_once(
    monkeypatch: pytest.MonkeyPatch, stack: RunningStack, service: Service
) -> None:
    monkeypatch.setattr(quality_command, "running_stack", lambda _folder: stack)
    service.answer = (200, {"data": NOTHING_STORED})
    printed = CliRunner().invoke(app, ["quality"]).stdout
    assert printed.count("How old the feed was") == 1
