import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import pytest
from prometheus_client import CollectorRegistry

from market_service import write_closed_candles
from market_service.candle_store import Added, Bar, SeenCandle, StoredCandle
from market_service.coverage_store import Coverage
from market_service.exact_candle import ExactCandle
from market_service.exchange_time import ExchangeTime
from market_service.fault_log import FaultLog
from market_service.market_metrics import MarketMetrics
from market_service.trace_candles import CandleTraces
from market_service.witness import Witness
from market_service.write_closed_candles import ClosedCandleWriter
from service_kit.clock import Clock
from service_kit.errors import StoreUnavailableError
from service_kit.series import Series
from trading_core.symbol import Symbol
from trading_core.timeframe import MINUTE_MS, Timeframe

SERIES = Series(Symbol("ETH", "USDT"), Timeframe.M1)
NOW_MS = 1_722_807_000_000


def candle(bar: int) -> ExactCandle:
    one = Decimal(1)
    return ExactCandle(SERIES, NOW_MS + bar * MINUTE_MS, one, one, one, one, one)


@dataclass
class FakeTables:
    away: bool = False
    batches: list[list[int]] = field(default_factory=list)
    doubted: frozenset[Bar] = frozenset()

    async def add(self, candles: Sequence[SeenCandle]) -> Added:
        await asyncio.sleep(0)
        if self.away:
            raise StoreUnavailableError("away")
        opens = [seen.candle.open_ms for seen in candles]
        self.batches.append(opens)
        stored = [
            StoredCandle(SERIES, seen.candle.open_ms, seen.origin, is_new=True) for seen in candles
        ]
        return Added(stored, self.doubted)

    async def begin(self, _series: Series, now_ms: int) -> Coverage:
        return Coverage(now_ms - 1, now_ms, None)


class FakeTime:
    async def server_time_ms(self) -> int:
        return NOW_MS


@pytest.fixture
def tables() -> FakeTables:
    return FakeTables()


@pytest.fixture
def announced() -> list[int]:
    return []


@pytest.fixture
def doubts() -> set[Bar]:
    return set()


@pytest.fixture
def writer(tables: FakeTables, announced: list[int], doubts: set[Bar]) -> ClosedCandleWriter:
    async def announce(stored: Iterable[StoredCandle]) -> None:
        announced.extend(row.open_ms for row in stored)

    clock = Clock(wall=lambda: NOW_MS)
    metrics = MarketMetrics(CollectorRegistry())
    time = ExchangeTime(FakeTime(), clock, FaultLog(clock, metrics.faults))
    witness = Witness(tables, time, clock)
    return ClosedCandleWriter(tables, witness, time, announce, doubts.add, metrics, CandleTraces())


def opens(*bars: int) -> list[int]:
    return [NOW_MS + bar * MINUTE_MS for bar in bars]


async def test_what_waits_is_written_at_once_and_told_afterwards(
    writer: ClosedCandleWriter, tables: FakeTables, announced: list[int]
) -> None:
    for bar in range(3):
        writer.offer(candle(bar))
    await writer.write()
    assert tables.batches == [opens(0, 1, 2)]
    assert announced == opens(0, 1, 2)


async def test_nothing_is_lost_or_reordered_while_the_database_is_away(
    writer: ClosedCandleWriter, tables: FakeTables, announced: list[int]
) -> None:
    tables.away = True
    writer.offer(candle(0))
    writer.offer(candle(1))
    with pytest.raises(StoreUnavailableError):
        await writer.write()
    writer.offer(candle(2))
    assert announced == []
    tables.away = False
    await writer.write()
    assert tables.batches == [opens(0, 1, 2)]


async def test_a_write_that_is_cancelled_keeps_its_candles(
    writer: ClosedCandleWriter, tables: FakeTables
) -> None:
    writer.offer(candle(0))
    writing = asyncio.create_task(writer.write())
    await asyncio.sleep(0)
    writing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await writing
    await writer.write()
    assert tables.batches == [opens(0)]


async def test_too_many_waiting_give_up_the_oldest(
    writer: ClosedCandleWriter, tables: FakeTables, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(write_closed_candles, "MOST_WAITING", 2)
    for bar in range(3):
        writer.offer(candle(bar))
    await writer.write()
    assert tables.batches == [opens(1, 2)]
