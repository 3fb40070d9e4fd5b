"""Uvicorn's protocol with limits of ours, on a transport that only says whether it was ended."""

import asyncio
from typing import Any

import pytest
from starlette.types import Receive, Scope, Send
from uvicorn.config import Config
from uvicorn.server import ServerState

from service_kit import patient_http
from service_kit.patient_http import PatientHttpProtocol


class Line(asyncio.Transport):
    def __init__(self) -> None:
        super().__init__()
        self.written = b""
        self.is_ended = False

    def write(self, data: Any) -> None:  # noqa: ANN401 - as the transport's own
        self.written += data

    def abort(self) -> None:
        self.is_ended = True

    def is_closing(self) -> bool:
        return self.is_ended

    def pause_reading(self) -> None: ...
    def resume_reading(self) -> None: ...
    def close(self) -> None: ...
    def get_extra_info(self, name: str, default: Any = None) -> Any:  # noqa: ANN401 - as above
        del name
        return default


async def read_all(scope: Scope, receive: Receive, send: Send) -> None:
    assert scope["type"] == "http"
    while (message := await receive()).get("more_body"):
        pass
    if message["type"] == "http.request":
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body"})


async def opened() -> tuple[PatientHttpProtocol, Line]:
    config = Config(read_all, log_config=None)
    config.load()
    protocol, line = PatientHttpProtocol(config, ServerState(), {}), Line()
    protocol.connection_made(line)
    return protocol, line


async def closed(protocol: PatientHttpProtocol) -> None:
    protocol.connection_lost(None)
    await pause()


async def pause() -> None:
    for _ in range(5):
        await asyncio.sleep(0.001)


@pytest.fixture(autouse=True)
def generous(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test shortens the one limit that it is about."""
    for name in ("HEADER_SECONDS", "BODY_SECONDS", "TAKING_SECONDS"):
        monkeypatch.setattr(patient_http, name, 60.0)


@pytest.mark.parametrize("said", [b"", b"G", b"GET / HTTP/1.1\r\nHost: a\r\nX: "])
async def test_headers_that_do_not_end_in_time_end_the_connection(
    monkeypatch: pytest.MonkeyPatch, said: bytes
) -> None:
    monkeypatch.setattr(patient_http, "HEADER_SECONDS", 0.0)
    protocol, line = await opened()
    if said:
        protocol.data_received(said)
    await pause()
    assert line.is_ended
    await closed(protocol)


async def test_a_body_that_does_not_end_in_time_ends_the_connection(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(patient_http, "BODY_SECONDS", 0.0)
    protocol, line = await opened()
    protocol.data_received(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc")
    await pause()
    assert line.is_ended
    await closed(protocol)


async def test_the_next_request_has_its_own_time(monkeypatch: pytest.MonkeyPatch) -> None:
    protocol, line = await opened()
    protocol.data_received(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
    await pause()
    assert line.written.startswith(b"HTTP/1.1 204")
    monkeypatch.setattr(patient_http, "HEADER_SECONDS", 0.0)
    await pause()
    assert not line.is_ended  # between requests uvicorn's own limit holds
    protocol.data_received(b"GET / HTT")
    await pause()
    assert line.is_ended
    await closed(protocol)


async def test_a_request_that_came_whole_has_no_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patient_http, "BODY_SECONDS", 0.0)
    protocol, line = await opened()
    protocol.data_received(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc")
    await pause()
    assert not line.is_ended
    await closed(protocol)


async def test_an_answer_that_nobody_takes_ends_the_connection(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    protocol, line = await opened()
    monkeypatch.setattr(patient_http, "TAKING_SECONDS", 0.0)
    protocol.pause_writing()
    protocol.resume_writing()
    await pause()
    assert not line.is_ended
    protocol.pause_writing()
    await pause()
    assert line.is_ended
    await closed(protocol)
