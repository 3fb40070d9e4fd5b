"""One client's socket, with the engine's own server around it and a wire that tests can fill."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from engineio.packet import CLOSE, MESSAGE, PONG, Packet
from prometheus_client import CollectorRegistry

from api_gateway import engine_socket
from api_gateway.engine_socket import FLOOD, MESSAGES_AT_ONCE, MOST_WAITING, EngineSocket
from api_gateway.gateway_metrics import GatewayMetrics
from api_gateway.outbox import Delivery, PictureKey
from api_gateway.socket_server import SocketServer
from api_gateway.websocket_wire import text_frame
from fake_wire import FakeWire, Silence, polled_socket, websocket_environ, wired_socket

KEY = PictureKey("price_update", "ETHUSDT")


class Line:
    """A socket and its wire."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.server = SocketServer(GatewayMetrics.register(self.registry))
        self.wire = FakeWire()

    async def open(self) -> EngineSocket:
        return await wired_socket(self.server.eio, self.wire)

    def texts(self) -> list[str]:
        return [frame[2:].decode() for frame in self.wire.frames]

    def cut_offs(self, reason: str) -> float | None:
        return self.registry.get_sample_value("sockets_cut_off_total", {"reason": reason})


@pytest.fixture
async def line() -> AsyncIterator[Line]:
    line = Line()
    yield line
    for engine in list(line.server.eio.sockets.values()):
        await engine.close(abort=True)


def show(engine: EngineSocket, text: str) -> None:
    picture = Delivery(text)
    if not engine.offer(picture.frame):
        engine.hold(KEY, picture)


async def test_what_waits_on_a_full_wire_goes_in_order_before_what_comes_later(line: Line) -> None:
    engine = await line.open()
    engine.push(Delivery("1"))
    line.wire.is_full = True
    engine.push(Delivery("2"))
    line.wire.is_full = False  # it would take it now, and must not: 2 still waits
    engine.push(Delivery("3"))
    await engine.send(Packet(MESSAGE, "ack"))
    await line.wire.relieve()
    engine.push(Delivery("5"))
    assert line.texts() == ["1", "2", "3", "4ack", "5"]


async def test_when_there_is_room_again_the_latest_picture_comes_and_no_older_one(
    line: Line,
) -> None:
    engine = await line.open()
    line.wire.is_full = True
    for text in ("old", "older", "latest"):
        show(engine, text)
    engine.push(Delivery("event"))
    await line.wire.relieve()
    show(engine, "next")
    assert line.texts() == ["event", "latest", "next"]


async def test_while_a_client_upgrades_everything_waits_for_the_end_of_it(line: Line) -> None:
    poller = polled_socket(line.server.eio)
    asgi = Silence()
    upgrade = asyncio.create_task(poller.handle_get_request(websocket_environ(line.wire, asgi)))
    await asgi.heard.put({"type": "websocket.receive", "text": "2probe"})
    for _ in range(5):
        await asyncio.sleep(0)
    poller.push(Delivery("during"))
    show(poller, "picture")
    assert line.wire.frames == []
    assert asgi.sent[-1]["text"] == "3probe"
    await asgi.heard.put({"type": "websocket.receive", "text": "5"})
    for _ in range(5):
        await asyncio.sleep(0)
    poller.push(Delivery("after"))
    assert line.texts() == ["6", "during", "picture", "after"]
    await asgi.heard.put({"type": "websocket.disconnect"})
    await upgrade
    assert poller.closed


async def test_a_second_websocket_of_a_session_is_refused(line: Line) -> None:
    engine = await line.open()
    refused = await engine._upgrade_websocket(websocket_environ(FakeWire(), Silence()))
    assert refused["status"].startswith("400")
    engine.push(Delivery("1"))
    assert line.texts() == ["1"]


async def test_an_upgrade_that_is_not_finished_ends_and_polling_goes_on(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_socket, "HANDSHAKE_SECONDS", 0.0)
    poller = polled_socket(line.server.eio)
    poller.enter()
    asgi = Silence()
    upgrade = asyncio.create_task(poller.handle_get_request(websocket_environ(line.wire, asgi)))
    while not line.wire.is_aborted:  # noqa: ASYNC110 - polled, as the rule for tests is
        await asyncio.sleep(0)
    await asgi.heard.put({"type": "websocket.disconnect"})
    await upgrade
    poller.push(Delivery("4still"))
    assert [one.text for one in await poller.poll()] == ["4still"]
    assert (poller.transport_name, poller.closed) == ("polling", False)


async def test_without_a_wire_everything_goes_the_way_of_the_engine(line: Line) -> None:
    poller = polled_socket(line.server.eio)
    asgi = Silence()
    poller.connected = False
    reading = asyncio.create_task(poller.handle_get_request(websocket_environ(None, asgi)))
    for _ in range(3):
        await asyncio.sleep(0)
    poller.push(Delivery("41"))
    show(poller, "4picture")
    for _ in range(3):
        await asyncio.sleep(0)
    assert poller.transport_name == "websocket"
    assert [one.get("text") for one in asgi.sent[1:]] == ["41", "4picture"]
    await asgi.heard.put({"type": "websocket.disconnect"})
    await reading


async def test_a_client_too_far_behind_is_cut_off_and_holds_nothing(line: Line) -> None:
    engine = await line.open()
    line.wire.is_full = True
    for number in range(MOST_WAITING + 2):
        engine.push(Delivery(str(number)))
    assert line.wire.is_aborted
    assert (len(engine.queue), engine.waiting_bytes) == (0, 0)
    await asyncio.sleep(0)
    assert engine.closed
    assert engine.sid not in line.server.eio.sockets
    assert line.cut_offs("too_slow") == 1


async def test_too_many_bytes_are_too_far_behind_as_well(line: Line) -> None:
    engine = await line.open()
    line.wire.is_full = True
    for _ in range(5):
        engine.push(Delivery("x" * 1_000_000))
    assert line.cut_offs("too_slow") == 1


async def test_a_wire_that_stays_full_is_cut_off(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_socket, "STALLED_SECONDS", 0.0)
    engine = await line.open()
    line.wire.is_full = True
    engine.push(Delivery("1"))
    await _until_closed(engine)
    assert line.cut_offs("too_slow") == 1


async def test_a_client_that_answers_no_ping_is_cut_off(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_socket, "PING_SECONDS", 0.0)
    monkeypatch.setattr(engine_socket, "PONG_SECONDS", 0.0)
    engine = await line.open()
    engine.schedule_ping()
    await _until_closed(engine)
    assert (line.texts(), line.cut_offs("silent")) == (["2"], 1)


async def test_only_the_answer_to_a_ping_is_one(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_socket, "PING_SECONDS", 0.0)
    engine = await line.open()
    engine.schedule_ping()
    for _ in range(3):
        await engine.receive(Packet(PONG))
    await asyncio.sleep(0.001)
    assert line.texts() == ["2"]
    await engine.receive(Packet(PONG))
    await asyncio.sleep(0.001)
    assert line.texts() == ["2", "2"]


async def test_a_client_that_never_enters_is_cut_off(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_socket, "HANDSHAKE_SECONDS", 0.0)
    engine = await line.open()
    await _until_closed(engine)
    assert line.cut_offs("handshake") == 1


async def test_who_says_too_much_is_refused_and_who_goes_on_is_cut_off(line: Line) -> None:
    engine = await line.open()
    for _ in range(MESSAGES_AT_ONCE):
        await engine.receive(Packet(PONG))
    assert not engine.is_over_limit
    await engine.receive(Packet(PONG))
    assert engine.is_over_limit
    for _ in range(FLOOD + 10):
        await engine.receive(Packet(PONG))
    assert line.wire.is_aborted
    assert line.cut_offs("flooding") == 1


async def test_nothing_is_written_to_a_socket_that_is_closed(line: Line) -> None:
    engine = await line.open()
    await engine.receive(Packet(CLOSE))
    engine.push(Delivery("late"))
    show(engine, "late")
    await asyncio.sleep(0)
    assert (line.wire.frames, len(engine.queue)) == ([], 0)


async def test_a_poll_is_answered_with_events_first_and_the_latest_pictures(line: Line) -> None:
    poller = polled_socket(line.server.eio)
    show(poller, "4old")
    poller.push(Delivery("4event"))
    show(poller, "4new")
    assert [one.text for one in await poller.poll()] == ["4event", "4new"]
    assert text_frame("4event") == Delivery("4event").frame


async def _until_closed(engine: EngineSocket) -> None:
    async with asyncio.timeout(2):
        while not engine.closed:  # noqa: ASYNC110 - polled, as the rule for tests is
            await asyncio.sleep(0)
