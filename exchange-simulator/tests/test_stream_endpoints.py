import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import pytest
from fastapi import FastAPI

from exchange_simulator.app import simulator_app
from exchange_simulator.faults.connections import WIRE
from exchange_simulator.faults.fault_desk import FaultDesk
from exchange_simulator.feed import Feed
from exchange_simulator.stream_endpoints import InboundLimit
from service_kit.clock import Clock

NOW_MS = 1_722_816_000_000 + 30 * 3_600_000 + 12_345

pytestmark = pytest.mark.anyio


class Socket:
    """A client's end of a WebSocket to an app in this process."""

    def __init__(self) -> None:
        self.inbound: asyncio.Queue[dict[str, Any]] = asyncio.Queue()  # Any: ASGI messages
        self.outbound: asyncio.Queue[Any] = asyncio.Queue()

    async def received(self) -> dict[str, Any]:
        message = await asyncio.wait_for(self.outbound.get(), 5)
        frame: dict[str, Any] = json.loads(message["text"])
        return frame

    async def close_code(self) -> int:
        """Reads on until the server closes."""
        while True:
            message = await asyncio.wait_for(self.outbound.get(), 5)
            if message["type"] == "websocket.close":
                return int(message["code"])

    def send(self, message: object) -> None:
        self.inbound.put_nowait({"type": "websocket.receive", "text": json.dumps(message)})


Connect = Callable[[str], AbstractAsyncContextManager[Socket]]


@pytest.fixture
async def connect(feed: Feed, clock_at: Callable[..., Clock]) -> AsyncIterator[Connect]:
    app = simulator_app(feed, FaultDesk(clock_at(NOW_MS), feed.market.symbols), frame_seconds=0.01)

    @asynccontextmanager
    async def opened(address: str) -> AsyncIterator[Socket]:
        socket = Socket()
        serving = asyncio.create_task(_serve(app, address, socket))
        assert (await socket.outbound.get())["type"] == "websocket.accept"
        yield socket
        socket.inbound.put_nowait({"type": "websocket.disconnect", "code": 1000})
        await asyncio.wait_for(serving, 5)

    async with app.router.lifespan_context(app):
        yield opened


async def _serve(app: FastAPI, address: str, socket: Socket) -> None:
    path, _, query = address.partition("?")
    scope = {
        "type": "websocket",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "headers": [],
        "scheme": "ws",
        "client": ("127.0.0.1", 50_000),
        "subprotocols": [],
        "extensions": {WIRE: None},
    }
    socket.inbound.put_nowait({"type": "websocket.connect"})
    await app(scope, socket.inbound.get, socket.outbound.put)  # type: ignore[arg-type]  # plain dicts are ASGI messages


async def test_a_raw_stream_sends_events(connect: Connect) -> None:
    async with connect("/ws/ethusdt@kline_1h") as socket:
        frame = await socket.received()
    assert (frame["e"], frame["k"]["i"], frame["k"]["x"]) == ("kline", "1h", False)


async def test_combined_streams_are_wrapped(connect: Connect) -> None:
    async with connect("/stream?streams=ethusdt@ticker/ethusdt@miniTicker") as socket:
        frames = [await socket.received(), await socket.received()]
    assert [frame["stream"] for frame in frames] == ["ethusdt@ticker", "ethusdt@miniTicker"]
    assert frames[0]["data"]["e"] == "24hrTicker"


@pytest.mark.parametrize("path", ["/ws", "/ws/", "/ws/stream", "/ws/stream/0"])
async def test_a_bare_connection_may_subscribe_afterwards(connect: Connect, path: str) -> None:
    async with connect(path) as socket:
        socket.send({"method": "LIST_SUBSCRIPTIONS", "id": 1})
        assert await socket.received() == {"result": [], "id": 1}
        socket.send({"method": "SUBSCRIBE", "params": ["ethusdt@miniTicker"], "id": 2})
        assert await socket.received() == {"result": None, "id": 2}
        assert (await socket.received())["e"] == "24hrMiniTicker"


async def test_nonsense_is_answered_and_does_not_end_the_connection(connect: Connect) -> None:
    async with connect("/ws") as socket:
        socket.inbound.put_nowait({"type": "websocket.receive", "bytes": b"\xff\x00"})
        assert (await socket.received())["code"] == 3
        socket.send({"method": "LIST_SUBSCRIPTIONS", "id": 1})
        assert await socket.received() == {"result": [], "id": 1}


async def test_more_than_five_messages_a_second_end_the_connection(connect: Connect) -> None:
    async with connect("/ws") as socket:
        for number in range(6):
            socket.send({"method": "LIST_SUBSCRIPTIONS", "id": number})
        assert await socket.close_code() == 1008


async def test_more_than_1024_streams_in_the_address_end_the_connection(connect: Connect) -> None:
    streams = "/".join(f"s{number}@ticker" for number in range(1025))
    async with connect(f"/stream?streams={streams}") as socket:
        assert await socket.close_code() == 1008


async def test_the_inbound_limit_counts_any_second() -> None:
    limit = InboundLimit()
    assert not any(limit.exceeded_by_one_at(n / 10) for n in range(5))
    assert limit.exceeded_by_one_at(0.9)
    assert not InboundLimit().exceeded_by_one_at(2.5)
