"""The collector on an exchange and tables that live in memory; the clock is turned by hand."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path

import pytest
from prometheus_client import CollectorRegistry

from market_service.candle_store import SeenCandle, StoredCandle
from market_service.collect_candles import CandleCollector
from market_service.coverage_store import Coverage
from market_service.errors import TransientExchangeError
from market_service.exact_candle import ExactCandle
from market_service.exchange_time import ExchangeTime
from market_service.kline_rows import KlineAnswer
from market_service.market_metrics import MarketMetrics
from market_service.witness import Witness
from service_kit.clock import Clock, ClockState
from service_kit.series import Series
from trading_core.candle_origin import CandleOrigin
from trading_core.symbol import Symbol
from trading_core.time_range import TimeRange, without
from trading_core.timeframe import MINUTE_MS, Timeframe

SERIES = Series(Symbol("ETH", "USDT"), Timeframe.M1)
EPOCH = 1_722_807_000_000
FIRST = EPOCH - 7_000 * MINUTE_MS


def minute(bar: int) -> int:
    """Open time of the bar that opens so many minutes after the epoch."""
    return EPOCH + bar * MINUTE_MS


def candle(open_ms: int, volume: int = 1) -> ExactCandle:
    price = Decimal(open_ms // MINUTE_MS % 1_000 + 1)
    return ExactCandle(SERIES, open_ms, price, price, price, price, Decimal(volume))


@dataclass
class Wall:
    """Milliseconds; the event clock runs `speed` times as fast from the epoch on."""

    ms: float = 0.0

    def __call__(self) -> float:
        return self.ms


@dataclass
class FakeExchange:
    """Every minute since FIRST but those in `outages`; the last row is open."""

    clock: Clock
    outages: list[TimeRange] = field(default_factory=list)
    volumes: dict[int, int] = field(default_factory=dict)
    rejected: int = 0
    broken: bool = False
    asked: list[tuple[int, int]] = field(default_factory=list)

    async def klines(self, series: Series, since_ms: int, limit: int) -> KlineAnswer:
        await asyncio.sleep(0)
        self.asked.append((since_ms, limit))
        if self.broken:
            raise TransientExchangeError("the exchange cannot be reached")
        opens = range(max(since_ms, FIRST), self.clock.now_ms() + 1, series.bar_ms)
        there = [ms for ms in opens if not any(o.start_ms <= ms < o.end_ms for o in self.outages)]
        rows = tuple(candle(ms, self.volumes.get(ms, 1)) for ms in there[:limit])
        return KlineAnswer(rows, self.rejected)

    async def server_time_ms(self) -> int:
        return self.clock.now_ms()


@dataclass
class FakeTables:
    rows: dict[int, SeenCandle] = field(default_factory=dict)
    outages: list[TimeRange] = field(default_factory=list)
    coverage: Coverage | None = None

    async def save(self, candles: Sequence[SeenCandle]) -> list[StoredCandle]:
        changed = []
        for seen in candles:
            open_ms = seen.candle.open_ms
            known = self.rows.get(open_ms)
            if known is None or known.candle != seen.candle:
                self.rows[open_ms] = seen
                changed.append(StoredCandle(SERIES, open_ms, seen.origin, known is None))
        return changed

    async def begin(self, series: Series, now_ms: int) -> Coverage:
        if self.coverage is None:
            self.coverage = Coverage(now_ms, series.timeframe.bar_open(now_ms), None)
        return self.coverage

    async def set_first_available(self, _series: Series, first_ms: int) -> None:
        assert self.coverage is not None
        self.coverage = replace(self.coverage, first_available_ms=first_ms)

    async def set_backfilled_from(self, _series: Series, from_ms: int) -> None:
        assert self.coverage is not None
        self.coverage = replace(self.coverage, backfilled_from_ms=from_ms)

    async def holes(self, series: Series, within: TimeRange) -> tuple[TimeRange, ...]:
        stored = [TimeRange(ms, ms + series.bar_ms) for ms in self.rows]
        return without([within], [*stored, *self.outages])

    async def record_outages(
        self, _series: Series, ranges: Iterable[TimeRange], _now_ms: int
    ) -> None:
        self.outages.extend(ranges)


@dataclass
class Desk:
    """A collector and all that it works with."""

    collector: CandleCollector
    exchange: FakeExchange
    tables: FakeTables
    wall: Wall
    announced: list[StoredCandle]

    def at(self, event_ms: int, speed: float = 1.0) -> None:
        self.wall.ms = (event_ms - EPOCH) / speed

    def stream(self, *bars: int) -> None:
        """Store these as the stream's closing frames would."""
        for bar in bars:
            seen = SeenCandle(candle(minute(bar)), CandleOrigin.LIVE, minute(bar + 1))
            self.tables.rows[minute(bar)] = seen

    def bars_of(self, origin: CandleOrigin) -> list[int]:
        opens = sorted(ms for ms, seen in self.tables.rows.items() if seen.origin is origin)
        return [(ms - EPOCH) // MINUTE_MS for ms in opens]


def desk(folder: Path, speed: float = 1.0) -> Desk:
    path = folder / "clock.json"
    ClockState(EPOCH, 0, speed).write(path)
    wall, tables = Wall(), FakeTables()
    clock = Clock(path, wall)
    exchange = FakeExchange(clock)
    time = ExchangeTime(exchange, clock)
    announced: list[StoredCandle] = []

    async def announce(stored: Iterable[StoredCandle]) -> None:
        announced.extend(stored)

    collector = CandleCollector(
        exchange,
        tables,
        tables,
        Witness(tables, time, clock),
        time,
        announce,
        MarketMetrics(CollectorRegistry()),
    )
    return Desk(collector, exchange, tables, wall, announced)


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
