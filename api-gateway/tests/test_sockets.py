"""What waits for a slow socket, over the real server with a transport that takes nothing."""

from typing import Any

import pytest
from engineio.async_socket import AsyncSocket
from prometheus_client import CollectorRegistry

from api_gateway.gateway_metrics import GatewayMetrics
from api_gateway.rooms import Rooms
from api_gateway.sockets import MOST_BEFORE_PICTURES, MOST_WAITING, NAMESPACE, Sockets
from service_kit.room import Room
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

ROOM = Room(Symbol("ETH", "USDT"), Timeframe.M1)
FRAME = '2["new_signal",{"seq":1}]'


class Stuck:
    """One socket in the room whose transport never takes a packet."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.sockets = Sockets(Rooms(5), GatewayMetrics.register(self.registry))
        server = self.sockets._server
        server.on("connect", lambda *_arguments: None)
        self.engine = AsyncSocket(server.eio, "engine-1")
        server.eio.sockets["engine-1"] = self.engine
        self.server: Any = server  # Any: socketio ships no types
        self.id = ""

    async def enter(self) -> None:
        self.id = await self.server.manager.pre_connect("engine-1", NAMESPACE)
        await self.server.manager.connect(self.id, NAMESPACE)
        self.sockets.connect(self.id)
        await self.sockets.join(self.id, ROOM)
        await self.sockets.listen(self.id, ROOM)

    async def send(self, count: int) -> None:
        for _ in range(count):
            await self.sockets.send_frame("new_signal", FRAME, ROOM.name)


@pytest.fixture
async def stuck() -> Stuck:
    stuck = Stuck()
    await stuck.enter()
    return stuck


async def test_a_slow_socket_misses_pictures_and_no_event(stuck: Stuck) -> None:
    await stuck.send(MOST_BEFORE_PICTURES)
    await stuck.sockets.send("price_update", {"price": 1.0}, to=ROOM.name)
    assert stuck.sockets.waiting(stuck.id) == MOST_BEFORE_PICTURES
    await stuck.send(1)
    assert stuck.sockets.waiting(stuck.id) == MOST_BEFORE_PICTURES + 1


async def test_a_socket_for_which_too_much_waits_is_cut_off_and_holds_nothing(
    stuck: Stuck,
) -> None:
    await stuck.send(MOST_WAITING)
    assert stuck.sockets.waiting(stuck.id) == MOST_WAITING
    await stuck.send(2)
    assert stuck.engine.closed
    assert stuck.engine.queue.qsize() == 1  # what ends its writer
    assert stuck.sockets.waiting(stuck.id) is None
    assert stuck.registry.get_sample_value("sockets_cut_off_total") == 1


async def test_a_packet_is_as_the_protocol_wants_it(stuck: Stuck) -> None:
    await stuck.send(1)
    assert stuck.engine.queue.get_nowait().encode() == f"4{FRAME}"


async def test_who_has_left_the_room_hears_nothing(stuck: Stuck) -> None:
    await stuck.sockets.leave(stuck.id, ROOM)
    await stuck.sockets.listen(stuck.id, ROOM)
    await stuck.send(1)
    assert (stuck.sockets.waiting(stuck.id), stuck.sockets.listeners(ROOM)) == (0, [])
