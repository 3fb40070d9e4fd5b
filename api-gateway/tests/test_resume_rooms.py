import asyncio
from collections.abc import Callable

import pytest

from api_gateway import resume_rooms, room_log
from api_gateway.resume_rooms import MOST_RESUMED, PAGES_AT_ONCE, ResumeRooms
from api_gateway.room_pages import EVENTS_A_PAGE, RoomPages
from api_gateway.socket_events import Place
from api_gateway.socket_messages import SnapshotReason, room_event
from fake_room_log import EPOCH, OTHER, ROOM, FakeRoomLog, FakeSnapshots, FakeSockets, positions
from service_kit.errors import StoreUnavailableError
from service_kit.room import Room
from service_kit.room_queries import RoomLogState


class World:
    """A gateway that has told its room the first `told` events."""

    def __init__(self, told: int) -> None:
        self.log, self.sockets, self.snapshots = FakeRoomLog(), FakeSockets(), FakeSnapshots()
        self.log.append(told)
        self.positions = positions()
        self.positions.follow(RoomLogState(EPOCH, {ROOM.name: told}))
        pages = RoomPages(self.log, self.positions)
        self.resumes = ResumeRooms(pages, self.positions, self.sockets, self.snapshots)

    async def resume(
        self, seq: int, epoch: str = str(EPOCH), room: Room = ROOM
    ) -> tuple[SnapshotReason | None, int]:
        start = await self.resumes.start_at(Place(room, epoch, seq))
        self.resumes.begin("a", room, start)
        return start.reason, start.missed

    def relay(self, count: int, room: Room = ROOM) -> None:
        """Append, and send on what the room was not told yet."""
        self.log.append(count, room)
        for event in self.log.events[-count:]:
            self.positions.advance(event)
            told = room_event(event, str(EPOCH))
            self.resumes.keep(room, told)
            self.sockets.tell_room(room, told)

    async def until(self, holds: Callable[[], object]) -> None:
        async with asyncio.timeout(2):
            while not holds():  # noqa: ASYNC110 - polled, as the rule for tests is
                await asyncio.sleep(0)

    async def until_live(self) -> None:
        await self.until(lambda: self.sockets.listeners(ROOM) == ["a"])


async def test_what_was_missed_comes_in_order_and_then_what_is_live() -> None:
    world = World(told=10)
    assert await world.resume(7) == (None, 3)
    await world.until_live()
    world.relay(2)
    assert world.sockets.numbers("a") == [8, 9, 10, 11, 12]


async def test_nothing_is_sent_before_the_ack() -> None:
    world = World(told=10)
    await world.resume(7)
    assert world.sockets.numbers("a") == []


async def test_who_missed_nothing_is_live_at_once() -> None:
    world = World(told=10)
    assert await world.resume(10) == (None, 0)
    await world.until_live()
    world.relay(1)
    assert world.sockets.numbers("a") == [11]


async def test_events_that_come_meanwhile_are_neither_lost_nor_doubled() -> None:
    world = World(told=3 * EVENTS_A_PAGE)
    world.sockets.listen("a", ROOM)
    await world.resume(1)
    while not world.sockets.listeners(ROOM):
        world.relay(7)
        await asyncio.sleep(0)
    world.relay(1)
    assert world.sockets.numbers("a") == list(range(2, world.positions.told(ROOM) + 1))


async def test_an_event_that_is_logged_but_not_relayed_yet_comes_once() -> None:
    world = World(told=5)
    world.log.append(2)
    await world.resume(4)
    await world.until_live()
    assert world.sockets.numbers("a") == [5]


async def test_a_client_that_another_gateway_told_more_waits_for_this_one() -> None:
    world = World(told=5)
    world.log.append(2)
    assert await world.resume(6) == (None, 0)
    await asyncio.sleep(0)
    assert world.sockets.listeners(ROOM) == []
    for event in world.log.events[-2:]:
        world.positions.advance(event)
    await world.until_live()
    assert world.sockets.numbers("a") == [7]


@pytest.mark.parametrize(
    ("seq", "epoch", "reason"),
    [
        (7, "another", SnapshotReason.UNKNOWN_EPOCH),
        (2, str(EPOCH), SnapshotReason.TOO_OLD),
        (11, str(EPOCH), SnapshotReason.AHEAD_OF_LOG),
    ],
)
async def test_who_cannot_be_told_what_was_missed_gets_a_snapshot(
    seq: int, epoch: str, reason: SnapshotReason
) -> None:
    world = World(told=10)
    world.log.prune(5)
    assert await world.resume(seq, epoch) == (reason, 0)
    await world.until_live()
    world.relay(1)
    assert world.sockets.numbers("a") == [-10, 11]
    assert world.sockets.sent["a"][0][1]["reason"] == reason


async def test_too_much_is_not_told_but_shown() -> None:
    world = World(told=MOST_RESUMED + 1)
    assert await world.resume(0) == (SnapshotReason.TOO_MANY, 0)
    await world.until_live()
    assert world.log.reads == 0


async def test_what_is_pruned_meanwhile_is_replaced_by_a_snapshot() -> None:
    world = World(told=3 * EVENTS_A_PAGE)
    world.sockets.slow.add("a")
    await world.resume(0)
    await world.until(lambda: len(world.sockets.numbers("a")) == EVENTS_A_PAGE)
    world.log.prune(2 * EVENTS_A_PAGE)
    world.sockets.take("a")
    await world.until_live()
    assert world.sockets.numbers("a")[EVENTS_A_PAGE:] == [-3 * EVENTS_A_PAGE]


async def test_a_slow_client_gets_one_page_after_the_other() -> None:
    world = World(told=2 * EVENTS_A_PAGE)
    world.sockets.slow.add("a")
    await world.resume(0)
    await world.until(lambda: world.sockets.numbers("a"))
    await asyncio.sleep(0.05)
    assert len(world.sockets.numbers("a")) == EVENTS_A_PAGE
    world.sockets.take("a")
    await world.until_live()
    assert len(world.sockets.numbers("a")) == 2 * EVENTS_A_PAGE


async def test_who_comes_back_to_two_rooms_gets_one_page_after_the_other() -> None:
    world = World(told=EVENTS_A_PAGE)
    world.relay(EVENTS_A_PAGE, OTHER)
    world.sockets.slow.add("a")
    await world.resume(0)
    await world.resume(0, room=OTHER)
    await world.until(lambda: world.sockets.numbers("a"))
    await asyncio.sleep(0.05)
    assert len(world.sockets.numbers("a")) == EVENTS_A_PAGE
    world.sockets.take("a")
    await world.until(lambda: world.sockets.listeners(OTHER) == ["a"])
    assert len(world.sockets.numbers("a")) == 2 * EVENTS_A_PAGE


async def test_a_page_of_large_events_is_put_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resume_rooms, "MOST_PAGE_BYTES", 10)
    world = World(told=3)
    world.sockets.slow.add("a")
    await world.resume(0)
    await world.until(lambda: world.sockets.numbers("a"))
    assert world.sockets.numbers("a") == [1]
    world.sockets.take("a")
    await world.until_live()
    assert world.sockets.numbers("a") == [1, 2, 3]


async def test_nothing_goes_on_for_a_client_that_left() -> None:
    world = World(told=5 * EVENTS_A_PAGE)
    world.sockets.slow.add("a")
    await world.resume(0)
    await world.until(lambda: world.sockets.numbers("a"))
    world.sockets.connected.discard("a")
    world.resumes.forget("a")
    await asyncio.sleep(0)
    assert world.sockets.listeners(ROOM) == []
    assert len(world.sockets.numbers("a")) == EVENTS_A_PAGE


async def test_everybody_in_a_broken_room_gets_a_snapshot_and_goes_on() -> None:
    world = World(told=5)
    for socket_id in ("a", "b"):
        world.sockets.listen(socket_id, ROOM)
    world.resumes.break_off(ROOM, SnapshotReason.LOG_RESTARTED)
    await world.until(lambda: world.sockets.listeners(ROOM) == ["a", "b"])
    world.relay(1)
    assert world.sockets.numbers("a") == world.sockets.numbers("b") == [-5, 6]


async def test_a_room_that_breaks_also_breaks_for_who_is_being_told_of_it() -> None:
    world = World(told=2 * EVENTS_A_PAGE)
    world.sockets.slow.add("a")
    await world.resume(0)
    await world.until(lambda: world.sockets.numbers("a"))
    world.resumes.break_off(ROOM, SnapshotReason.LOG_RESTARTED)
    world.sockets.take("a")
    await world.until_live()
    assert world.sockets.numbers("a")[EVENTS_A_PAGE:] == [-2 * EVENTS_A_PAGE]


async def test_a_client_that_cannot_be_told_for_a_fault_of_ours_is_cut_off(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = World(told=5)

    async def fail(*_arguments: object) -> dict[str, object]:
        raise RuntimeError

    monkeypatch.setattr(world.snapshots, "of", fail)
    await world.resume(2, "another")
    await world.until(lambda: "a" not in world.sockets.connected)


async def test_a_log_that_cannot_be_read_refuses_and_changes_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(room_log, "FIRST_READ_SECONDS", 0.01)
    world = World(told=5)
    world.sockets.listen("a", ROOM)
    world.log.is_away = True
    with pytest.raises(StoreUnavailableError):
        await world.resume(2)
    assert world.sockets.listeners(ROOM) == ["a"]
    unknown = positions()
    pages = RoomPages(world.log, unknown)
    unread = ResumeRooms(pages, unknown, world.sockets, world.snapshots)
    with pytest.raises(StoreUnavailableError, match="cannot be read yet"):
        await unread.start_at(Place(ROOM, str(EPOCH), 2))


async def test_thousands_who_come_back_share_the_reading_and_leave_the_loop_to_others() -> None:
    world = World(told=400)
    everybody = {f"client-{number}" for number in range(1_000)}
    world.sockets.connected = set(everybody)
    starts = await asyncio.gather(
        *(world.resumes.start_at(Place(ROOM, str(EPOCH), n % 400)) for n in range(1_000))
    )
    for number, start in enumerate(starts):
        world.resumes.begin(f"client-{number}", ROOM, start)
    most_in_a_turn = before = 0
    while len(world.sockets.listeners(ROOM)) < len(everybody):
        await asyncio.sleep(0)
        told = len(world.sockets.sent)
        most_in_a_turn, before = max(most_in_a_turn, told - before), told
    world.relay(1)
    assert world.log.reads == 1
    assert most_in_a_turn <= PAGES_AT_ONCE
    assert all(
        world.sockets.numbers(f"client-{n}") == list(range(n % 400 + 1, 402)) for n in range(1_000)
    )
