import asyncio
from collections.abc import Sequence

import pytest

from api_gateway import room_pages
from api_gateway.room_pages import EVENTS_A_PAGE, RoomPages
from api_gateway.socket_messages import RoomDelivery, room_event
from fake_room_log import EPOCH, OTHER, ROOM, FakeRoomLog, positions
from service_kit.errors import StoreUnavailableError
from service_kit.room_queries import RoomLogState


class Library:
    """The pages of a gateway that has told its room what the log holds."""

    def __init__(self, count: int) -> None:
        self.log = FakeRoomLog()
        self.log.append(count)
        self.positions = positions()
        self.positions.follow(RoomLogState(EPOCH, {ROOM.name: count}))
        self.pages = RoomPages(self.log, self.positions)

    async def numbers(self, seq: int) -> list[int]:
        return seqs(await self.pages.after(ROOM, seq))


def seqs(told: Sequence[RoomDelivery]) -> list[int]:
    return [one.seq for one in told]


async def test_many_who_missed_more_or_less_read_the_log_once() -> None:
    library = Library(count=300)
    pages = await asyncio.gather(*(library.numbers(seq) for seq in range(300)))
    assert pages == [list(range(seq + 1, 301)) for seq in range(300)]
    assert library.log.reads == 1
    assert await library.numbers(12) == list(range(13, 301))
    assert library.log.reads == 1


async def test_what_is_shared_was_encoded_once() -> None:
    library = Library(count=10)
    one, other = await library.pages.after(ROOM, 3), await library.pages.after(ROOM, 7)
    assert one[-1].delivery is other[-1].delivery


async def test_a_page_ends_where_the_next_begins() -> None:
    library = Library(count=EVENTS_A_PAGE + 2)
    assert (await library.numbers(7))[-1] == EVENTS_A_PAGE
    assert await library.numbers(EVENTS_A_PAGE) == [EVENTS_A_PAGE + 1, EVENTS_A_PAGE + 2]


async def test_nothing_is_handed_out_that_the_room_was_not_told_yet() -> None:
    library = Library(count=5)
    library.log.append(2)
    assert await library.numbers(3) == [4, 5]


async def test_what_the_room_is_told_is_not_read_again() -> None:
    library = Library(count=EVENTS_A_PAGE - 1)
    await library.numbers(0)
    library.log.append(3)
    for event in library.log.events[-3:]:
        library.positions.advance(event)
        library.pages.add(ROOM, room_event(event, str(EPOCH)))
    assert await library.numbers(EVENTS_A_PAGE - 2) == [EVENTS_A_PAGE - 1, EVENTS_A_PAGE]
    assert await library.numbers(EVENTS_A_PAGE) == [EVENTS_A_PAGE + 1, EVENTS_A_PAGE + 2]
    assert library.log.reads == 1


async def test_a_page_that_fell_behind_is_read_again() -> None:
    library = Library(count=3)
    assert await library.numbers(0) == [1, 2, 3]
    library.log.append(2)
    for event in library.log.events[-2:]:
        library.positions.advance(event)
    assert await library.numbers(0) == [1, 2, 3, 4, 5]
    assert library.log.reads == 2


async def test_what_the_log_forgot_is_not_handed_out_in_part() -> None:
    library = Library(count=20)
    library.log.prune(10)
    assert await library.numbers(5) == []
    assert await library.numbers(10) == list(range(11, 21))


async def test_a_log_that_was_put_back_is_read_anew() -> None:
    library = Library(count=5)
    before = await library.pages.after(ROOM, 0)
    library.pages.forget(OTHER)
    assert await library.pages.after(ROOM, 0) == before
    library.pages.forget(ROOM)
    await library.numbers(0)
    assert library.log.reads == 2


async def test_no_more_is_kept_than_a_limit_and_the_last_used_longest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    library = Library(count=3 * EVENTS_A_PAGE)
    await library.numbers(0)
    monkeypatch.setattr(room_pages, "MOST_KEPT_BYTES", int(2.5 * library.pages._kept_bytes))
    for seq in (EVENTS_A_PAGE, 0, 2 * EVENTS_A_PAGE):
        await library.numbers(seq)
    assert library.log.reads == 3
    await library.numbers(0)
    assert library.log.reads == 3
    await library.numbers(EVENTS_A_PAGE)
    assert library.log.reads == 4
    assert library.pages._kept_bytes == sum(p.size_bytes for p in library.pages._kept.values())


async def test_a_log_that_is_away_fails_all_who_wait_and_is_asked_again() -> None:
    library = Library(count=5)
    library.log.is_away = True
    failed = await asyncio.gather(*(library.numbers(0) for _ in range(3)), return_exceptions=True)
    assert [type(one) for one in failed] == [StoreUnavailableError] * 3
    library.log.is_away = False
    assert await library.numbers(0) == [1, 2, 3, 4, 5]


async def test_one_look_tells_many_whether_the_log_is_that_far() -> None:
    library = Library(count=5)
    looks = 0
    state = library.log.state

    async def counted() -> RoomLogState:
        nonlocal looks
        looks += 1
        await asyncio.sleep(0)
        return await state()

    library.log.state = counted  # type: ignore[method-assign] # to count
    reached = await asyncio.gather(*(library.pages.has_reached(ROOM, 5) for _ in range(100)))
    assert (all(reached), looks) == (True, 1)
    assert not await library.pages.has_reached(ROOM, 6)
