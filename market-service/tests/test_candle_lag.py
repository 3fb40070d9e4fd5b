from collections.abc import Callable, Collection, Mapping
from pathlib import Path

import pytest
from prometheus_client import CollectorRegistry

from market_service.candle_lag import CandleLag
from market_service.exchange_time import ExchangeTime
from market_service.fault_log import FaultLog
from market_service.market_metrics import MarketMetrics
from service_kit.clock import Clock, ClockState
from service_kit.errors import StoreUnavailableError
from service_kit.series import Series
from trading_core.symbol import Symbol
from trading_core.timeframe import MINUTE_MS, Timeframe

MINUTES = Series(Symbol("ETH", "USDT"), Timeframe.M1)
EPOCH = 1_722_807_000_000


class NoExchange:
    async def server_time_ms(self) -> int:
        raise AssertionError("nothing is measured here")


class Scene:
    """At `EPOCH`, with every bar stored that has closed until `reached_ms`."""

    def __init__(self, folder: Path, speed: float, end_ms: int | None) -> None:
        path = folder / "clock.json"
        ClockState(EPOCH, 0, speed, end_ms).write(path)
        self.wall_ms, self.is_away = 0.0, False
        self.reached_ms: int | None = None
        clock, self.registry = Clock(path, lambda: self.wall_ms), CollectorRegistry()
        metrics = MarketMetrics(self.registry)
        time = ExchangeTime(NoExchange(), clock, FaultLog(clock, metrics.faults))
        self.lag = CandleLag(self, time, clock, [MINUTES], metrics.candle_lag)

    async def reached(self, series: Collection[Series]) -> Mapping[Series, int]:
        assert list(series) == [MINUTES]
        if self.is_away:
            raise StoreUnavailableError("the database cannot be reached")
        return {} if self.reached_ms is None else {MINUTES: self.reached_ms}

    async def at(self, wall_seconds: float) -> float | None:
        self.wall_ms = wall_seconds * 1000
        await self.lag.look()
        return self.shown

    @property
    def shown(self) -> float | None:
        labels = {"symbol": "ETHUSDT", "timeframe": "1m"}
        return self.registry.get_sample_value("market_candle_lag_seconds", labels)


Build = Callable[..., Scene]


@pytest.fixture
def build(tmp_path: Path) -> Build:
    def make(speed: float = 1.0, end_ms: int | None = None) -> Scene:
        return Scene(tmp_path, speed, end_ms)

    return make


async def test_it_is_there_before_anything_was_read(build: Build) -> None:
    assert build().shown == 0


async def test_a_series_is_whole_until_its_next_bar_has_closed(build: Build) -> None:
    scene = build()
    scene.reached_ms = EPOCH
    assert await scene.at(60) == 0
    assert await scene.at(75) == 15
    scene.reached_ms = EPOCH + MINUTE_MS
    assert await scene.at(76) == 0


async def test_it_grows_across_bars_while_none_is_stored(build: Build) -> None:
    scene = build()
    scene.reached_ms = EPOCH
    assert [await scene.at(second) for second in (119, 120, 121, 660)] == [59, 60, 61, 600]


async def test_it_is_told_in_wall_seconds_at_any_speed(build: Build) -> None:
    scene = build(speed=60.0)
    scene.reached_ms = EPOCH
    assert await scene.at(11) == 10


async def test_a_recording_that_has_ended_waits_for_nothing(build: Build) -> None:
    scene = build(speed=60.0, end_ms=EPOCH + 10 * MINUTE_MS)
    scene.reached_ms = EPOCH
    assert await scene.at(9) == 8
    assert await scene.at(10) == 0
    assert await scene.at(1_000) == 0


async def test_a_series_without_a_bar_is_waited_for_from_the_first_look_on(build: Build) -> None:
    scene = build()
    assert await scene.at(0) == 0
    assert await scene.at(90) == 30


async def test_a_database_that_is_away_stores_nothing(build: Build) -> None:
    scene = build()
    scene.reached_ms = EPOCH
    assert await scene.at(30) == 0
    scene.is_away = True
    assert await scene.at(90) == 30
