"""Frames at the wrong moment, by the exchange's clock and by ours."""

from dataclasses import dataclass
from decimal import Decimal

import pytest
from prometheus_client import CollectorRegistry

from market_service.exact_candle import ExactCandle
from market_service.exchange_time import ExchangeTime
from market_service.fault_kind import FaultKind
from market_service.fault_log import FaultLog
from market_service.frames import KlineFrame
from market_service.judge_frame import FrameJudge
from market_service.market_metrics import MarketMetrics
from service_kit.clock import Clock
from service_kit.series import Series
from trading_core.symbol import Symbol
from trading_core.timeframe import MINUTE_MS, Timeframe

SERIES = Series(Symbol("ETH", "USDT"), Timeframe.M1)
EPOCH = 1_722_807_000_000


@dataclass
class Wall:
    """The exchange's clock, and ours."""

    ms: float = EPOCH

    def __call__(self) -> float:
        return self.ms

    async def server_time_ms(self) -> int:
        return int(self.ms)


@dataclass
class Bench:
    judge: FrameJudge
    faults: FaultLog
    wall: Wall

    def counted(self) -> dict[FaultKind, int]:
        return {kind: tally.count for kind, tally in self.faults.tallies.items()}

    def at(self, minutes: float) -> None:
        self.wall.ms = EPOCH + minutes * MINUTE_MS


@pytest.fixture
async def bench() -> Bench:
    wall = Wall()
    clock = Clock(wall=wall)
    faults = FaultLog(clock, MarketMetrics(CollectorRegistry()).faults)
    time = ExchangeTime(wall, clock, faults)
    await time.keep_measured()
    return Bench(FrameJudge(time, faults), faults, wall)


def frame(
    bar: int, *, closed: bool = True, volume: int = 1, sent_after: float | None = None
) -> KlineFrame:
    """`sent_after` minutes since the epoch; by default at the bar's close."""
    one = Decimal(1)
    candle = ExactCandle(SERIES, EPOCH + bar * MINUTE_MS, one, one, one, one, Decimal(volume))
    sent = bar + 1 if sent_after is None else sent_after
    return KlineFrame(candle, closed, EPOCH + round(sent * MINUTE_MS))


async def test_a_close_in_time_passes_and_nothing_is_counted(bench: Bench) -> None:
    bench.at(1)
    assert bench.judge.admits(frame(0))
    assert bench.counted() == {}


async def test_a_close_that_has_not_come_yet_is_refused(bench: Bench) -> None:
    bench.at(1)
    assert not bench.judge.admits(frame(3))
    assert not bench.judge.admits(frame(1, sent_after=1))
    assert bench.counted() == {FaultKind.FUTURE_CANDLE: 2}


async def test_an_open_bar_that_has_not_begun_is_refused(bench: Bench) -> None:
    bench.at(1.5)
    assert bench.judge.admits(frame(1, closed=False, sent_after=1.5))
    assert not bench.judge.admits(frame(2, closed=False, sent_after=1.5))
    assert bench.counted() == {FaultKind.FUTURE_CANDLE: 1}


async def test_the_clocks_may_differ_by_a_second(bench: Bench) -> None:
    bench.at(1 - 0.9 / 60)
    assert bench.judge.admits(frame(0))


async def test_the_same_close_again_is_refused(bench: Bench) -> None:
    bench.at(1)
    assert bench.judge.admits(frame(0))
    assert not bench.judge.admits(frame(0))
    assert bench.counted() == {FaultKind.DUPLICATE_CANDLE: 1}


async def test_the_same_bar_with_other_values_passes(bench: Bench) -> None:
    bench.at(1)
    assert bench.judge.admits(frame(0))
    assert bench.judge.admits(frame(0, volume=2))


async def test_what_is_late_or_out_of_order_passes_and_is_counted(bench: Bench) -> None:
    bench.at(3)
    assert bench.judge.admits(frame(2))
    assert bench.judge.admits(frame(1))
    assert bench.counted() == {FaultKind.OUT_OF_ORDER_CANDLE: 1, FaultKind.LATE_CANDLE: 1}
