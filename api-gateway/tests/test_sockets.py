"""Who hears what, over the real server with wires that keep what is written to them."""

from collections.abc import AsyncIterator

import pytest
from prometheus_client import CollectorRegistry

from api_gateway.gateway_metrics import GatewayMetrics
from api_gateway.outbox import Delivery, PictureKey
from api_gateway.rooms import Rooms, price_room
from api_gateway.socket_messages import Picture, RoomDelivery, open_candle
from api_gateway.sockets import Sockets
from api_gateway.websocket_wire import text_frame
from fake_wire import FakeWire, wired_socket
from service_kit.room import Room
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

ETH = Symbol("ETH", "USDT")
ROOM, HOURLY = Room(ETH, Timeframe.M1), Room(ETH, Timeframe.H1)
EVENT = RoomDelivery(1, "new_signal", Delivery('42["new_signal",{"seq":1}]'))


class House:
    """Sockets that came in over wires, by the number in which they came."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.sockets = Sockets(Rooms(5), GatewayMetrics.register(self.registry), 10)
        self.sockets.on("connect", self._welcome)
        self.wires: dict[str, FakeWire] = {}

    async def _welcome(self, *_arguments: object) -> None:
        """The handler that every namespace needs."""

    async def come_in(self, *rooms: Room) -> str:
        server = self.sockets._server
        wire = FakeWire()
        engine = await wired_socket(server.eio, wire)
        socket_id: str = await server.manager.pre_connect(engine.sid, "/")
        await server.manager.connect(socket_id, "/")
        self.wires[socket_id] = wire
        self.sockets.connect(socket_id)
        for room in rooms:
            self.sockets.join(socket_id, room)
            self.sockets.listen(socket_id, room)
        return socket_id

    def count(self, name: str, **labels: str) -> float | None:
        return self.registry.get_sample_value(name, labels)


@pytest.fixture
async def house() -> AsyncIterator[House]:
    house = House()
    yield house
    for engine in list(house.sockets._server.eio.sockets.values()):
        await engine.close(abort=True)


def price(value: float) -> Picture:
    return Picture(PictureKey("price_update", "ETHUSDT"), {"price": value})


async def test_what_is_told_to_a_room_reaches_who_is_in_it_in_one_frame(house: House) -> None:
    one, two, other = (
        await house.come_in(ROOM),
        await house.come_in(ROOM, HOURLY),
        await house.come_in(HOURLY),
    )
    house.sockets.tell_room(ROOM, EVENT)
    assert house.wires[one].frames == house.wires[two].frames == [EVENT.delivery.frame]
    assert house.wires[one].frames[0] is house.wires[two].frames[0]
    assert house.wires[other].frames == []
    assert house.count("socket_messages_total", event="new_signal") == 2
    assert sorted(house.sockets.listeners(ROOM)) == sorted([one, two])


async def test_a_price_goes_once_to_a_socket_in_two_rooms_until_it_leaves_the_last(
    house: House,
) -> None:
    one = await house.come_in(ROOM, HOURLY)
    house.sockets.show(price(1.0), price_room("ETHUSDT"))
    assert house.wires[one].frames == [text_frame('42["price_update",{"price":1.0}]')]
    house.sockets.leave(one, ROOM)
    house.sockets.show(price(2.0), price_room("ETHUSDT"))
    house.sockets.leave(one, HOURLY)
    house.sockets.show(price(3.0), price_room("ETHUSDT"))
    assert len(house.wires[one].frames) == 2


async def test_who_has_left_the_room_hears_nothing(house: House) -> None:
    one = await house.come_in(ROOM)
    house.sockets.leave(one, ROOM)
    house.sockets.listen(one, ROOM)
    house.sockets.tell_room(ROOM, EVENT)
    assert (house.wires[one].frames, house.sockets.listeners(ROOM)) == ([], [])


async def test_who_went_is_forgotten_everywhere(house: House) -> None:
    one = await house.come_in(ROOM)
    house.sockets.disconnect(one)
    house.sockets.disconnect(one)
    house.sockets.tell_room(ROOM, EVENT)
    house.sockets.show(price(1.0))
    house.sockets.tell(one, [EVENT])
    assert house.wires[one].frames == []
    assert not house.sockets.is_connected(one)
    await house.sockets.drained(one)


async def test_a_slow_socket_costs_the_others_nothing(house: House) -> None:
    slow, quick = await house.come_in(ROOM), await house.come_in(ROOM)
    house.wires[slow].is_full = True
    for value in (1.0, 2.0, 3.0):
        house.sockets.show(price(value), price_room("ETHUSDT"))
    house.sockets.tell_room(ROOM, EVENT)
    assert len(house.wires[quick].frames) == 4
    assert house.wires[slow].frames == []
    assert house.count("pictures_dropped_total", reason="replaced") == 2
    waiting = len(EVENT.delivery.frame) + len(text_frame('42["price_update",{"price":3.0}]'))
    assert house.count("sockets_waiting_bytes") == waiting
    assert house.count("socket_waiting_bytes_max") == waiting
    assert house.count("sockets_connected", transport="wire") == 2


async def test_an_open_candle_that_still_waits_is_not_sent_after_the_closed_one(
    house: House,
) -> None:
    slow = await house.come_in(ROOM)
    house.wires[slow].is_full = True
    house.sockets.show(Picture(open_candle(ROOM), {"closed": False}), ROOM.name)
    house.sockets.tell_room(ROOM, EVENT)
    house.sockets.outdate(ROOM)
    await house.wires[slow].relieve()
    assert house.wires[slow].frames == [EVENT.delivery.frame]


async def test_a_socket_that_is_muted_gets_no_candle_that_waited(house: House) -> None:
    slow = await house.come_in(ROOM)
    house.wires[slow].is_full = True
    house.sockets.show(Picture(open_candle(ROOM), {"closed": False}), ROOM.name)
    house.sockets.mute(slow, ROOM)
    await house.wires[slow].relieve()
    assert house.wires[slow].frames == []


async def test_who_is_cut_off_for_a_fault_of_ours_is_gone_and_counted(house: House) -> None:
    one = await house.come_in(ROOM)
    house.sockets.cut_off(one)
    house.sockets.cut_off(one)
    assert house.wires[one].is_aborted
    assert house.count("sockets_cut_off_total", reason="fault") == 1


async def test_a_house_that_lets_nobody_else_in_is_not_ready(house: House) -> None:
    for _ in range(9):
        await house.come_in()
    assert await house.sockets.ready() is None
    await house.come_in()
    assert await house.sockets.ready() == "as many clients are connected as are let in"
