"""The collector on an exchange and tables that live in memory; the clock is turned by hand."""

import asyncio
from pathlib import Path

import pytest

from collecting_desk import FIRST, SERIES, Desk, desk, minute
from market_service.errors import TransientExchangeError
from market_service.fault_kind import FaultKind
from trading_core.candle_origin import CandleOrigin
from trading_core.time_range import TimeRange, without


@pytest.fixture
async def watching(tmp_path: Path) -> Desk:
    """A desk that has begun to watch at the epoch, without any history."""
    made = desk(tmp_path)
    await made.collector.collect(SERIES)
    return made


async def test_nothing_is_asked_when_the_stream_delivered_every_bar(watching: Desk) -> None:
    watching.stream(0, 1, 2)
    watching.at(minute(3) + 2_000)
    collected = await watching.collector.collect(SERIES)
    assert (collected.fetched.stored, collected.holes) == (0, 0)
    assert watching.exchange.asked == []


async def test_a_missed_bar_is_fetched_and_told(watching: Desk) -> None:
    watching.stream(0, 2)
    watching.at(minute(3) + 2_000)
    collected = await watching.collector.collect(SERIES)
    assert watching.exchange.asked == [(minute(1), 2)]
    assert (collected.fetched.stored, collected.fetched.healed, collected.holes) == (1, 1, 0)
    assert [(row.open_ms, row.is_new) for row in watching.announced] == [(minute(1), True)]


async def test_a_bar_fetched_within_ten_seconds_of_its_close_counts_as_live(
    watching: Desk,
) -> None:
    watching.at(minute(1) + 2_000)
    await watching.collector.collect(SERIES)
    assert watching.bars_of(CandleOrigin.LIVE) == [0]


async def test_a_bar_that_closed_less_than_a_second_ago_is_left_to_the_stream(
    watching: Desk,
) -> None:
    watching.at(minute(1) + 999)
    await watching.collector.collect(SERIES)
    assert watching.exchange.asked == []


async def test_at_high_speed_that_second_is_one_of_the_wall(tmp_path: Path) -> None:
    fast = desk(tmp_path, speed=120.0)
    await fast.collector.collect(SERIES)
    fast.at(minute(3), speed=120.0)
    await fast.collector.collect(SERIES)
    assert fast.bars_of(CandleOrigin.LIVE) == [0]


async def test_the_open_bar_is_never_stored(watching: Desk) -> None:
    watching.at(minute(5) + 30_000)
    await watching.collector.collect(SERIES)
    assert max(watching.tables.rows) == minute(4)


async def test_a_gap_of_the_exchange_becomes_an_outage_and_is_not_asked_for_again(
    watching: Desk,
) -> None:
    watching.exchange.outages = [TimeRange(minute(2), minute(5))]
    watching.at(minute(8) + 2_000)
    collected = await watching.collector.collect(SERIES)
    assert watching.tables.outages == [TimeRange(minute(2), minute(5))]
    assert (collected.fetched.outages, collected.holes) == (3, 0)
    watching.exchange.asked.clear()
    await watching.collector.collect(SERIES)
    assert watching.exchange.asked == []


async def test_an_outage_is_told_once_however_often_the_newest_bars_are_read(
    watching: Desk,
) -> None:
    watching.exchange.outages = [TimeRange(minute(2), minute(5))]
    watching.at(minute(10))
    for _ in range(3):
        await watching.collector.fetch_newest(SERIES, 240)
    assert watching.tables.outages == [TimeRange(minute(2), minute(5))]
    assert watching.faults.tallies[FaultKind.OUTAGE].count == 1
    assert len(watching.exchange.asked) == 4  # the first time it was asked again


async def test_a_bar_that_the_stream_told_is_no_outage_of_the_exchange(watching: Desk) -> None:
    watching.exchange.outages = [TimeRange(minute(2), minute(5))]
    watching.stream(3)
    watching.at(minute(10))
    await watching.collector.fetch_newest(SERIES, 240)
    assert watching.tables.outages == [
        TimeRange(minute(2), minute(3)),
        TimeRange(minute(4), minute(5)),
    ]


async def test_what_only_one_answer_lacks_is_no_outage(watching: Desk) -> None:
    watching.exchange.forgotten = [minute(2)]
    watching.at(minute(8) + 2_000)
    assert (await watching.collector.collect(SERIES)).holes == 0
    assert watching.tables.outages == []
    assert minute(2) in watching.tables.rows


async def test_a_fresh_gap_is_a_hole_until_a_minute_has_passed(watching: Desk) -> None:
    watching.exchange.outages = [TimeRange(minute(2), minute(5))]
    watching.at(minute(6) - 1)
    assert (await watching.collector.collect(SERIES)).holes == 3
    watching.at(minute(6) + 2_000)
    assert (await watching.collector.collect(SERIES)).holes == 0
    assert watching.tables.outages == [TimeRange(minute(2), minute(5))]


async def test_no_outage_without_a_later_bar(watching: Desk) -> None:
    watching.exchange.outages = [TimeRange(minute(2), minute(500))]
    watching.at(minute(400) + 2_000)
    collected = await watching.collector.collect(SERIES)
    assert collected.holes == 398
    assert watching.tables.outages == []


async def test_a_broken_row_is_no_proof_of_an_outage(watching: Desk) -> None:
    watching.exchange.outages = [TimeRange(minute(2), minute(3))]
    watching.exchange.rejected = 1
    watching.at(minute(8) + 2_000)
    assert (await watching.collector.collect(SERIES)).holes == 1
    assert watching.tables.outages == []


async def test_an_outage_longer_than_a_page_ends_too(watching: Desk) -> None:
    watching.exchange.outages = [TimeRange(minute(10), minute(3_000))]
    watching.at(minute(3_100))
    assert (await watching.collector.collect(SERIES)).holes == 0
    assert without([TimeRange(minute(10), minute(3_000))], watching.tables.outages) == ()


async def test_those_who_ask_meanwhile_get_the_same_answer(watching: Desk) -> None:
    watching.at(minute(3) + 2_000)
    answers = await asyncio.gather(*(watching.collector.collect(SERIES) for _ in range(5)))
    assert len(watching.exchange.asked) == 1
    assert {answer.fetched.stored for answer in answers} == {3}


async def test_a_failure_reaches_the_caller_and_the_next_try_heals(watching: Desk) -> None:
    watching.at(minute(3) + 2_000)
    watching.exchange.broken = True
    with pytest.raises(TransientExchangeError):
        await watching.collector.collect(SERIES)
    watching.exchange.broken = False
    assert (await watching.collector.collect(SERIES)).fetched.stored == 3


async def backfill(made: Desk, bars: int | None) -> int:
    pages = 1
    while await made.collector.backfill_page(SERIES, bars):
        pages += 1
    return pages


async def test_history_is_fetched_newest_first_to_where_it_is_wanted(watching: Desk) -> None:
    watching.at(minute(1) + 2_000)
    await backfill(watching, 5_000)
    asked = [since for since, limit in watching.exchange.asked if limit > 1]
    assert asked == sorted(asked, reverse=True)
    assert watching.bars_of(CandleOrigin.BACKFILL) == list(range(-4_999, 0))
    assert await watching.collector.backfill_page(SERIES, 5_000) == 0


async def test_history_ends_with_the_first_bar_of_the_exchange(watching: Desk) -> None:
    await backfill(watching, None)
    assert min(watching.tables.rows) == FIRST
    assert watching.tables.coverage is not None
    assert watching.tables.coverage.first_available_ms == FIRST
    assert min(since for since, limit in watching.exchange.asked if limit > 1) == FIRST


async def test_outages_of_history_are_recorded_on_the_way(watching: Desk) -> None:
    gone = TimeRange(minute(-1_500), minute(-1_480))
    watching.exchange.outages = [gone]
    await backfill(watching, 4_000)
    assert watching.tables.outages == [gone]


async def test_a_row_that_broke_in_history_is_a_hole_to_heal(watching: Desk) -> None:
    watching.exchange.outages = [TimeRange(minute(-50), minute(-49))]
    watching.exchange.rejected = 1
    await backfill(watching, 4_000)
    watching.exchange.outages.clear()
    watching.exchange.rejected = 0
    watching.at(minute(0) + 2_000)
    assert (await watching.collector.collect(SERIES)).holes == 0
    assert minute(-50) in watching.tables.rows


async def test_a_candle_that_the_exchange_revised_is_found_by_fetching_again(
    watching: Desk,
) -> None:
    watching.stream(0, 1, 2)
    watching.exchange.volumes[minute(1)] = 7
    watching.at(minute(3) + 2_000)
    fetched = await watching.collector.fetch_newest(SERIES, 3)
    assert fetched.stored == 0
    assert [(row.open_ms, row.is_new) for row in watching.announced] == [(minute(1), False)]


async def test_the_newest_bar_of_an_answer_may_be_open_whatever_our_clock_says(
    watching: Desk,
) -> None:
    watching.exchange.lags_ms = 30_000
    watching.at(minute(3) + 2_000)
    await watching.collector.collect(SERIES)
    assert max(watching.tables.rows) == minute(1)


async def test_a_bar_that_cannot_have_begun_proves_nothing(watching: Desk) -> None:
    watching.exchange.invented = [minute(400)]
    watching.exchange.lags_ms = 30_000
    watching.at(minute(3) + 2_000)
    await watching.collector.collect(SERIES)
    assert max(watching.tables.rows) == minute(1)
    assert watching.faults.tallies[FaultKind.FUTURE_CANDLE].count == 1
    assert watching.tables.outages == []


async def test_a_doubted_bar_is_asked_for_once_it_is_settled(watching: Desk) -> None:
    watching.stream(0)
    watching.exchange.volumes[minute(0)] = 7
    watching.at(minute(1) + 500)
    assert not await watching.collector.read_again((SERIES, minute(0)))
    watching.at(minute(1) + 1_500)
    assert await watching.collector.read_again((SERIES, minute(0)))
    assert watching.tables.rows[minute(0)].candle.volume == 7
    assert watching.faults.tallies[FaultKind.REVISION].count == 1


async def test_history_waits_for_the_first_candle_of_the_exchange(watching: Desk) -> None:
    watching.exchange.outages = [TimeRange(0, minute(10**6))]
    with pytest.raises(TransientExchangeError):
        await watching.collector.backfill_page(SERIES, 5_000)
