"""A candle collector on an exchange and tables in memory; the clock is turned by hand."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path

from prometheus_client import CollectorRegistry

from market_service.candle_store import SeenCandle, StoredCandle
from market_service.collect_candles import CandleCollector
from market_service.coverage_store import Coverage
from market_service.errors import TransientExchangeError
from market_service.exact_candle import ExactCandle
from market_service.exchange_time import ExchangeTime
from market_service.fault_kind import FaultKind
from market_service.fault_log import FaultLog
from market_service.fetch_candles import CandleFetcher
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
    forgotten: list[int] = field(default_factory=list)
    """Bars that the next answer lacks."""
    invented: list[int] = field(default_factory=list)
    """Bars that cannot have begun yet, at the end of every answer."""
    lags_ms: int = 0
    """How far its own clock is behind what it says."""
    rejected: int = 0
    broken: bool = False
    asked: list[tuple[int, int]] = field(default_factory=list)

    async def klines(self, series: Series, since_ms: int, limit: int) -> KlineAnswer:
        await asyncio.sleep(0)
        self.asked.append((since_ms, limit))
        if self.broken:
            raise TransientExchangeError("it is away", FaultKind.REST_UNREACHABLE)
        now_ms = self.clock.now_ms() - self.lags_ms
        opens = range(max(since_ms, FIRST), now_ms + 1, series.bar_ms)
        there = [ms for ms in opens if not any(o.start_ms <= ms < o.end_ms for o in self.outages)]
        told = [*(ms for ms in there[:limit] if ms not in self.forgotten), *self.invented]
        self.forgotten = []
        rows = tuple(candle(ms, self.volumes.get(ms, 1)) for ms in told)
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
    faults: FaultLog

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
    faults = FaultLog(clock, MarketMetrics(CollectorRegistry()).faults)
    time = ExchangeTime(exchange, clock, faults)
    announced: list[StoredCandle] = []

    async def announce(stored: Iterable[StoredCandle]) -> None:
        announced.extend(stored)

    witness = Witness(tables, time, clock)
    fetcher = CandleFetcher(exchange, tables, tables, witness, time, announce, faults)
    collector = CandleCollector(exchange, fetcher, tables, time, faults)
    return Desk(collector, exchange, tables, wall, announced, faults)
