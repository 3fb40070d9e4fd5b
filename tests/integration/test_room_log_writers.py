"""Who writes to the log of rooms, on a real PostgreSQL: once, in order, with what was done."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from market_service.candle_store import COPY_FROM_ROWS, CandleStore, SeenCandle
from market_service.exact_candle import ExactCandle
from service_kit.database import Database, create_database, driver_connection
from service_kit.room import Room
from service_kit.room_event_store import (
    RoomEventKind,
    RoomMessage,
    append_room_events,
    prune_room_events,
)
from service_kit.room_queries import RoomEvent, room_events_after, room_log_state
from service_kit.series import Series
from service_kit.settings import DatabaseSettings
from trading_core.candle_origin import CandleOrigin
from trading_core.symbol import Symbol
from trading_core.timeframe import MINUTE_MS, Timeframe

pytestmark = pytest.mark.integration

ETH = Symbol("ETH", "USDT")
SERIES = Series(ETH, Timeframe.M1)
ROOM = Room(ETH, Timeframe.M1)
FIVE_MINUTES = Room(ETH, Timeframe.M5)
START_MS = 1_722_807_000_000


@pytest.fixture
async def database(database_settings: DatabaseSettings) -> AsyncIterator[Database]:
    database = create_database(database_settings)
    yield database
    await database.dispose()


def seen(bar: int, origin: CandleOrigin = CandleOrigin.LIVE, series: Series = SERIES) -> SeenCandle:
    opened = START_MS + bar * series.bar_ms
    price = Decimal("2500.1")
    candle = ExactCandle(series, opened, price, price, price, price, Decimal("0.00000001"))
    return SeenCandle(candle, origin, START_MS)


def message(room: Room, number: int) -> RoomMessage:
    return RoomMessage(room, RoomEventKind.NEW_SIGNAL, {"number": number})


async def append(database: Database, messages: list[RoomMessage]) -> None:
    async with driver_connection(database) as connection, connection.transaction():
        await append_room_events(connection, messages)


async def told(database: Database, room: Room = ROOM) -> list[RoomEvent]:
    return await room_events_after(database, {room.name: 0}, 100_000)


async def payloads(database: Database, room: Room = ROOM) -> list[dict[str, Any]]:
    return [json.loads(event.payload) for event in await told(database, room)]


@pytest.mark.parametrize("origin", [CandleOrigin.LIVE, CandleOrigin.HEALED])
async def test_a_new_candle_is_said_to_its_room_in_full(
    database: Database, origin: CandleOrigin
) -> None:
    await CandleStore(database).save([seen(0, origin)])
    [event] = await told(database)
    assert (event.room, event.seq, event.event) == ("ETH/USDT_1m", 1, "candle_update")
    assert json.loads(event.payload) == {
        "symbol": "ETHUSDT",
        "timeframe": "1m",
        "candle": [START_MS, 2500.1, 2500.1, 2500.1, 2500.1, 1e-8],
        "closed": True,
    }


@pytest.mark.parametrize("number", [1, COPY_FROM_ROWS + 50])
async def test_backfill_revisions_and_what_is_known_are_not_said(
    database: Database, number: int
) -> None:
    store = CandleStore(database)
    await store.save([seen(bar, CandleOrigin.BACKFILL) for bar in range(number)])
    assert await told(database) == []
    live = [seen(bar) for bar in range(number, 2 * number)]
    await store.save(live)
    await store.save(live)
    await store.save([replace(one, candle=replace(one.candle, volume=Decimal(2))) for one in live])
    assert len(await told(database)) == number


async def test_candles_of_many_series_in_one_batch_keep_their_order_in_each_room(
    database: Database,
) -> None:
    five = Series(ETH, Timeframe.M5)
    batch = [seen(bar, series=series) for bar in (4, 0, 3, 1, 2) for series in (SERIES, five)]
    await CandleStore(database).save(batch)
    for room, series in ((ROOM, SERIES), (FIVE_MINUTES, five)):
        opened = [one["candle"][0] for one in await payloads(database, room)]
        assert opened == [START_MS + bar * series.bar_ms for bar in range(5)]


async def test_what_is_rolled_back_was_never_said_and_leaves_no_hole(database: Database) -> None:
    await append(database, [message(ROOM, 0)])
    async with driver_connection(database) as connection:
        transaction = connection.transaction()
        await transaction.start()
        await append_room_events(connection, [message(ROOM, 1)])
        await transaction.rollback()
    await append(database, [message(ROOM, 2)])
    assert [(event.seq, json.loads(event.payload)["number"]) for event in await told(database)] == [
        (1, 0),
        (2, 2),
    ]


async def test_writers_at_once_never_show_a_number_before_a_lower_one(database: Database) -> None:
    """Each writes to both rooms, in different orders, while a reader looks on."""
    done = asyncio.Event()

    async def write(writer: int) -> None:
        for number in range(40):
            rooms = (ROOM, FIVE_MINUTES) if writer % 2 else (FIVE_MINUTES, ROOM)
            await append(database, [message(room, writer * 1000 + number) for room in rooms])

    async def read() -> list[int]:
        """What a reader that goes on from the last number sees."""
        position, found = 0, []
        while True:
            is_last = done.is_set()
            for event in await room_events_after(database, {ROOM.name: position}, 7):
                found.append(event.seq)
                position = event.seq
            if is_last and position == 160:
                return found

    reading = asyncio.create_task(read())
    await asyncio.gather(*(write(writer) for writer in range(4)))
    done.set()
    assert await asyncio.wait_for(reading, 10) == list(range(1, 161))
    for room in (ROOM, FIVE_MINUTES):
        numbers = [one["number"] for one in await payloads(database, room)]
        for writer in range(4):
            own = [number for number in numbers if number // 1000 == writer]
            assert own == sorted(own)
            assert len(own) == 40


async def test_pruning_forgets_what_is_old_but_never_a_rooms_newest(database: Database) -> None:
    await append(database, [message(ROOM, number) for number in range(10)])
    await append(database, [message(FIVE_MINUTES, 0)])
    assert await prune_room_events(database, 3600, 1) == 0
    assert await prune_room_events(database, 0, 3) == 7
    assert [event.seq for event in await told(database)] == [8, 9, 10]
    assert len(await told(database, FIVE_MINUTES)) == 1
    assert (await room_log_state(database)).heads == {ROOM.name: 10, FIVE_MINUTES.name: 1}


async def test_a_long_batch_takes_its_turn_in_time(database: Database) -> None:
    minutes = 1_000
    await CandleStore(database).save([seen(bar, CandleOrigin.HEALED) for bar in range(minutes)])
    opened = [one["candle"][0] for one in await payloads(database)]
    assert opened == [START_MS + bar * MINUTE_MS for bar in range(minutes)]
