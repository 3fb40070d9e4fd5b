import json
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import httpx
import pytest
from fastapi import FastAPI
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SpanExporter, SpanExportResult

from recorded_spans import RecordedSpans, recorded_spans
from service_kit.events import RoomEventsHint
from service_kit.logging import line_formatter
from service_kit.patient_exporter import SAY_EVERY_SECONDS, PatientExporter
from service_kit.service import create_service
from service_kit.traced_requests import traced_session
from service_kit.tracing import NO_SPAN, begin_span, current_traceparent, span

PARENT = f"00-{'b' * 32}-{'c' * 16}-01"


@pytest.fixture
def tracer() -> Iterator[RecordedSpans]:
    with recorded_spans() as tracer:
        yield tracer


@asynccontextmanager
async def no_lifespan(_app: FastAPI) -> AsyncIterator[None]:
    yield


def client_of_a_service() -> httpx.AsyncClient:
    app = create_service("some-service", lifespan=no_lifespan)

    @app.get("/items/{item}")
    async def item(item: str) -> dict[str, str | None]:
        if item == "bug":
            raise RuntimeError("a bug")
        return {"item": item, "traceparent": current_traceparent()}

    transport = httpx.ASGITransport(app)
    return httpx.AsyncClient(transport=transport, base_url="http://service")


def test_off_a_span_is_always_the_same_nothing() -> None:
    with span("anything") as here:
        here.tell({"bars": 1})
        assert here is begin_span("another") is NO_SPAN
        assert current_traceparent() is None
    assert traced_session("market") == []


def test_a_span_is_under_the_one_that_is_open(tracer: RecordedSpans) -> None:
    with span("outer") as outer, span("inner"):
        pass
    with span("given", parent=PARENT):
        pass
    assert [one.parent for one in tracer.spans] == [None, outer.traceparent, PARENT]
    assert all(one.is_ended for one in tracer.spans)


def test_an_error_is_its_spans_failure_without_its_words(tracer: RecordedSpans) -> None:
    with pytest.raises(ValueError, match="hush"), span("outer"):
        raise ValueError("hush")
    assert tracer.named("outer").failure == "ValueError"


async def test_a_request_is_answered_under_its_caller_by_the_routes_template(
    tracer: RecordedSpans,
) -> None:
    async with client_of_a_service() as client:
        headers = {"traceparent": PARENT, "x-request-id": "abcd-1234"}
        answer = await client.get("/items/7", headers=headers)
    answered = tracer.named("GET /items/{item}")
    assert answered.parent == PARENT
    assert answer.json()["traceparent"] == answered.traceparent
    assert answered.attributes == {
        "request.id": "abcd-1234",
        "http.request.method": "GET",
        "http.response.status_code": 200,
        "http.route": "/items/{item}",
    }


async def test_a_bug_is_a_failure_and_a_probe_is_nothing(tracer: RecordedSpans) -> None:
    async with client_of_a_service() as client:
        await client.get("/items/bug")
        await client.get("/livez")
        await client.get("/metrics")
        await client.get("/nowhere")
    assert [(one.name, one.failure) for one in tracer.spans] == [
        ("GET /items/{item}", "500"),
        ("GET", None),
    ]


def test_a_line_of_the_log_names_its_trace(tracer: RecordedSpans) -> None:
    del tracer
    lines: list[str] = []

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(self.format(record))

    def render(_logger: object, _method: str, event: object) -> str:
        return json.dumps(event)

    handler = Kept()
    handler.setFormatter(line_formatter("some-service", [render]))
    plain = logging.getLogger("somebody_elses")
    plain.addHandler(handler)
    try:
        with span("outer"):
            plain.warning("inside")
        plain.warning("outside")
    finally:
        plain.removeHandler(handler)
    inside, outside = map(json.loads, lines)
    assert (inside["trace_id"], inside["span_id"]) == ("a" * 32, f"{1:016x}")
    assert "trace_id" not in outside


def test_a_hint_carries_the_senders_span_only_where_there_is_one() -> None:
    hint = RoomEventsHint(rooms=("ETH/USDT_1h",))
    assert json.loads(hint.to_json()) == {"rooms": ["ETH/USDT_1h"]}
    signed = hint.model_copy(update={"traceparent": PARENT})
    assert RoomEventsHint.model_validate_json(signed.to_json()) == signed


class Away(SpanExporter):
    result = SpanExportResult.FAILURE

    def export(self, spans: object) -> SpanExportResult:
        del spans
        return self.result


def test_a_collector_that_is_away_is_told_once_in_a_while(
    capsys: pytest.CaptureFixture[str],
) -> None:
    times = iter((0.0, 0.0, 1.0, SAY_EVERY_SECONDS - 1, SAY_EVERY_SECONDS, SAY_EVERY_SECONDS))
    exporter = PatientExporter(Away(), lambda: next(times))
    said = []
    for _ in range(4):
        exporter.export([ReadableSpan("a"), ReadableSpan("b")])
        said.append(capsys.readouterr().out)
    assert ["spans_not_exported" in one for one in said] == [True, False, False, True]
    assert "8" in said[-1]
