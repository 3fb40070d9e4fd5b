import asyncio
from collections.abc import AsyncIterator

import pytest
from prometheus_client import CollectorRegistry

from api_gateway.gateway_metrics import GatewayMetrics
from api_gateway.relay_room_events import EVENTS_AT_ONCE, RelayRoomEvents
from api_gateway.socket_messages import RoomDelivery, SnapshotReason
from fake_room_log import OTHER, ROOM, FakeRoomLog, FakeSockets, positions
from service_kit.errors import StoreUnavailableError
from service_kit.events import RoomEventsHint, Stream
from service_kit.room import Room
from service_kit.room_queries import RoomEvent


class Hints:
    def __init__(self) -> None:
        self.queue: asyncio.Queue[bytes] = asyncio.Queue()

    async def hints(self, stream: Stream) -> AsyncIterator[bytes]:
        assert stream is Stream.ROOM_EVENTS
        while True:
            yield await self.queue.get()


class World:
    def __init__(self) -> None:
        self.log = FakeRoomLog()
        self.hints = Hints()
        self.sockets = FakeSockets()
        self.positions = positions()
        self.broken: list[tuple[Room, SnapshotReason]] = []
        self.closed: list[str] = []
        self.kept: list[tuple[Room, int]] = []
        metrics = GatewayMetrics.register(CollectorRegistry())
        self.relay = RelayRoomEvents(
            self.log, self.positions, self.hints, self.sockets, self, self, metrics.unreadable
        )

    def keep(self, room: Room, told: RoomDelivery) -> None:
        self.kept.append((room, told.seq))

    def break_off(self, room: Room, reason: SnapshotReason) -> None:
        self.broken.append((room, reason))

    def hear_closed(self, payload: str) -> None:
        self.closed.append(payload)


@pytest.fixture
async def world() -> World:
    world = World()
    for room in (ROOM, OTHER):
        world.sockets.listen("a", room)
    return world


async def test_it_begins_where_the_log_stands_and_then_sends_each_event_once(world: World) -> None:
    world.log.append(3)
    await world.relay.sweep()
    assert world.sockets.numbers("a") == []
    world.log.append(2)
    await world.relay.sweep()
    await world.relay.sweep()
    assert world.sockets.numbers("a") == [4, 5]
    assert world.kept == [(ROOM, 4), (ROOM, 5)]
    event, payload = world.sockets.sent["a"][0]
    assert (event, payload) == (
        "new_signal",
        {"epoch": str(world.log.epoch), "seq": 4, "number": 4},
    )


async def test_many_events_go_in_order_page_by_page(world: World) -> None:
    await world.relay.sweep()
    world.log.append(2 * EVENTS_AT_ONCE + 1)
    world.log.append(3, OTHER)
    await world.relay.sweep()
    numbers = world.sockets.numbers("a")
    assert numbers[:-3] == list(range(1, 2 * EVENTS_AT_ONCE + 2))
    assert numbers[-3:] == [1, 2, 3]


async def test_while_the_database_is_away_it_stands_and_then_goes_on(world: World) -> None:
    await world.relay.sweep()
    world.log.append(1)
    world.log.is_away = True
    with pytest.raises(StoreUnavailableError):
        await world.relay.sweep()
    world.log.append(1)
    world.log.is_away = False
    await world.relay.sweep()
    assert world.sockets.numbers("a") == [1, 2]


async def test_a_new_log_is_told_to_every_room_and_then_followed(world: World) -> None:
    world.log.append(3)
    await world.relay.sweep()
    world.log.restart()
    world.log.append(1)
    await world.relay.sweep()
    assert world.broken == [(room, SnapshotReason.LOG_RESTARTED) for room in (ROOM, OTHER)]
    world.log.append(1)
    await world.relay.sweep()
    assert world.sockets.numbers("a") == [2]


async def test_a_log_that_was_put_back_breaks_only_the_rooms_that_were_ahead(world: World) -> None:
    await world.relay.sweep()
    world.log.append(3)
    world.log.append(1, OTHER)
    await world.relay.sweep()
    world.log.heads[ROOM.name] = 1
    world.log.append(1, OTHER)
    await world.relay.sweep()
    assert world.broken == [(ROOM, SnapshotReason.LOG_RESTARTED)]
    assert world.sockets.numbers("a")[-2:] == [1, 2]


async def test_what_was_pruned_before_it_was_sent_is_said_to_be_lost(world: World) -> None:
    await world.relay.sweep()
    world.log.append(5)
    world.log.prune(3)
    await world.relay.sweep()
    assert world.broken == [(ROOM, SnapshotReason.TOO_OLD)]
    assert world.positions.told(ROOM) == 5


async def test_a_closed_candle_is_heard_after_it_went_to_its_room(world: World) -> None:
    await world.relay.sweep()
    world.log.append(1)
    world.log.heads[ROOM.name] += 1
    world.log.events.append(RoomEvent(ROOM.name, 2, "candle_update", '{"closed":true}'))
    await world.relay.sweep()
    assert world.closed == ['{"closed":true}']


async def test_a_hint_wakes_it_and_one_that_cannot_be_read_stops_nothing(world: World) -> None:
    await world.relay.sweep()
    working = [asyncio.create_task(world.relay.listen()), asyncio.create_task(world.relay.run())]
    await asyncio.sleep(0)
    world.log.append(1)
    world.hints.queue.put_nowait(b"no JSON")
    world.hints.queue.put_nowait(RoomEventsHint(rooms=(ROOM.name, "DOGE/USDT_1h")).to_json())
    async with asyncio.timeout(0.5):
        while not world.sockets.numbers("a"):  # noqa: ASYNC110 - polled, as the rule for tests is
            await asyncio.sleep(0)
    for task in working:
        task.cancel()
    assert world.sockets.numbers("a") == [1]
