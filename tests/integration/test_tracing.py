"""One trace of one decided candle through every service, in a real collector."""

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from eth_cli.free_port import free_port
from market_stack import wait_until
from otlp_collector import CollectedSpan, Collector, otlp_collector
from platform_stack import PlatformStack, platform_stack
from talking_process import talking_process

pytestmark = pytest.mark.integration

HOPS = (
    # service, span, and the service and span that it is under
    ("market-service", "store candles", "market-service", "candle closed"),
    ("market-service", "send candles.closed", "market-service", "candle closed"),
    ("signals-service", "decide candle", "market-service", "send candles.closed"),
    ("signals-service", "gather", "signals-service", "decide candle"),
    ("signals-service", "decide", "signals-service", "decide candle"),
    ("signals-service", "store", "signals-service", "decide candle"),
    ("signals-service", "POST analysis", "signals-service", "gather"),
    ("signals-service", "POST patterns", "signals-service", "gather"),
    ("signals-service", "POST market", "signals-service", "gather"),
    ("signals-service", "POST ml", "signals-service", "gather"),
    ("analysis-service", "POST /closed-bar", "signals-service", "POST analysis"),
    ("patterns-service", "POST /closed-bar", "signals-service", "POST patterns"),
    ("market-service", "POST /closed-bar", "signals-service", "POST market"),
    ("ml-service", "POST /predict", "signals-service", "POST ml"),
    ("signals-service", "send room.events", "signals-service", "decide candle"),
    ("api-gateway", "tell rooms", "signals-service", "send room.events"),
)


@pytest.fixture(scope="module")
def collector() -> Iterator[Collector]:
    with otlp_collector() as collector:
        yield collector


@pytest.fixture(scope="module")
def stack(
    migrate: Callable[..., None],
    tmp_path_factory: pytest.TempPathFactory,
    collector: Collector,
) -> Iterator[PlatformStack]:
    more = {"TRACES_ENDPOINT": collector.url, "LOG_LEVEL": "debug"}
    with platform_stack(migrate, tmp_path_factory.mktemp("traced"), more) as stack:
        yield stack


@pytest.fixture(scope="module")
def whole(stack: PlatformStack, collector: Collector) -> list[CollectedSpan]:
    """The trace of the first candle that went through every hop."""
    del stack

    def found() -> list[CollectedSpan]:
        wholes = (one for one in collector.traces().values() if not missing_hops(one))
        return next(wholes, [])

    wait_until(lambda: bool(found()), "a candle's trace is whole")
    return found()


def missing_hops(spans: list[CollectedSpan]) -> set[tuple[str, str, str, str]]:
    by_id = {span.id: span for span in spans}
    parents = [(span, by_id.get(span.parent_id)) for span in spans]
    edges = {(one.service, one.name, up.service, up.name) for one, up in parents if up}
    return set(HOPS) - edges


def test_one_trace_goes_through_every_hop_of_a_signal(whole: list[CollectedSpan]) -> None:
    (root,) = [span for span in whole if not span.parent_id]
    assert (root.service, root.name) == ("market-service", "candle closed")
    ids = {span.id for span in whole}
    assert {span.parent_id for span in whole} - ids == {""}
    decided = next(span for span in whole if span.name == "decide candle")
    candle = ("candle.symbol", "candle.timeframe", "candle.open_ms")
    assert [decided.attributes[name] for name in candle] == [
        root.attributes[name] for name in candle
    ]
    assert decided.attributes["decision.step"] == "decided"


def test_a_span_says_by_whom_it_was_asked_and_how_it_went(whole: list[CollectedSpan]) -> None:
    answered = next(span for span in whole if span.name == "POST /predict")
    asked = next(span for span in whole if span.name == "POST ml")
    assert (answered.kind, asked.kind) == ("SERVER", "CLIENT")
    assert answered.attributes["http.response.status_code"] == 200
    assert len(str(answered.attributes["request.id"])) >= 8
    assert asked.attributes["url.path"] == "/predict"
    assert asked.nanoseconds >= answered.nanoseconds > 0


def test_what_rooms_were_told_is_counted(whole: list[CollectedSpan]) -> None:
    told = [span for span in whole if span.service == "api-gateway"]
    assert {span.name for span in told} == {"tell rooms"}
    assert sum(int(str(span.attributes["rooms.events"])) for span in told) >= 1


def test_a_line_of_the_log_names_the_trace_that_it_belongs_to(
    stack: PlatformStack, whole: list[CollectedSpan]
) -> None:
    def lines(log: Path) -> list[dict[str, object]]:
        return [json.loads(line) for line in log.read_text().splitlines() if line.startswith("{")]

    (decided,) = [
        line
        for line in lines(stack.services["signals"].log)
        if line["event"] == "candle_decided" and line.get("trace_id") == whole[0].trace_id
    ]
    assert decided["span_id"] in {span.id for span in whole}


def test_a_callers_request_through_the_gateway_is_one_trace(
    stack: PlatformStack, collector: Collector
) -> None:
    asked = stack.ask(path="/api/signals/latest?symbol=ETHUSDT&timeframe=1h")
    request_id = asked.headers["x-request-id"]

    def spans() -> list[CollectedSpan]:
        known = list(collector.spans)
        traces = {one.trace_id for one in known if one.attributes.get("request.id") == request_id}
        return [one for one in known if one.trace_id in traces and one.kind in {"SERVER", "CLIENT"}]

    wait_until(lambda: len(spans()) >= 3, "the request's spans came")
    by_service = {span.service: span for span in spans() if span.kind == "SERVER"}
    assert by_service.keys() == {"api-gateway", "signals-service"}
    (passed_on,) = [span for span in spans() if span.kind == "CLIENT"]
    assert passed_on.parent_id == by_service["api-gateway"].id
    assert by_service["signals-service"].parent_id == passed_on.id
    assert by_service["api-gateway"].parent_id == ""


def test_whoever_looks_after_us_leaves_no_spans(collector: Collector) -> None:
    probed = {"/livez", "/readyz", "/metrics", "/health"}
    assert not probed & {span.attributes.get("http.route") for span in collector.spans}
    assert not probed & {span.attributes.get("url.path") for span in collector.spans}


def test_a_dead_collector_delays_no_answer_and_no_end_and_is_said_once(tmp_path: Path) -> None:
    dead = {"TRACES_ENDPOINT": f"http://127.0.0.1:{free_port()}"}
    with talking_process(dead, tmp_path) as service:
        for number in range(100):
            httpx.post(f"{service.url}/say/{number}", timeout=2).raise_for_status()
        wait_until(lambda: "spans_not_exported" in service.log.read_text(), "it is said")
        began = time.monotonic()
        service.process.terminate()
        service.process.wait(15)
        assert time.monotonic() - began < 10
    log = service.log.read_text()
    assert log.count("spans_not_exported") == 1
    assert "Traceback" not in log


def test_what_waits_is_exported_when_a_service_ends(tmp_path: Path) -> None:
    with otlp_collector() as collector:
        with talking_process({"TRACES_ENDPOINT": collector.url}, tmp_path) as service:
            httpx.post(f"{service.url}/say/1").raise_for_status()
        assert "POST /say/{number}" in {span.name for span in collector.spans}
