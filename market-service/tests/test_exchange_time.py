from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from prometheus_client import CollectorRegistry

from market_service.errors import TransientExchangeError
from market_service.exchange_time import ExchangeTime
from market_service.fault_kind import FaultKind
from market_service.fault_log import FaultLog
from market_service.market_metrics import MarketMetrics
from service_kit.clock import Clock, ClockState

EPOCH = 1_722_807_000_000
BuildTime = Callable[..., tuple[ExchangeTime, "FakeTime"]]


@dataclass
class FakeTime:
    """Tells the time that it is given; `wall_ms` is ours."""

    server_ms: int = EPOCH
    wall_ms: float = 0.0
    broken: bool = False
    asked: int = 0
    told: list[int] = field(default_factory=list)
    answers_after_ms: float = 0.0
    faults: FaultLog = field(init=False)

    async def server_time_ms(self) -> int:
        self.asked += 1
        if self.broken:
            raise TransientExchangeError("away", FaultKind.REST_UNREACHABLE)
        answer = self.told.pop(0) if self.told else self.server_ms
        self.wall_ms += self.answers_after_ms
        return answer


@pytest.fixture
def build(tmp_path: Path) -> BuildTime:
    def make(speed: float = 1.0, end_ms: int | None = None) -> tuple[ExchangeTime, FakeTime]:
        path = tmp_path / "clock.json"
        ClockState(EPOCH, 0, speed, end_ms).write(path)
        fake = FakeTime()
        clock = Clock(path, lambda: fake.wall_ms)
        fake.faults = FaultLog(clock, MarketMetrics(CollectorRegistry()).faults)
        return ExchangeTime(fake, clock, fake.faults), fake

    return make


async def test_the_exchange_decides_what_time_it_is(build: BuildTime) -> None:
    time, fake = build()
    fake.server_ms = EPOCH - 5_000
    await time.keep_measured()
    fake.wall_ms = 2_000
    assert time.now_ms() == EPOCH - 3_000
    assert time.settled_ms() == EPOCH - 4_000


async def test_settling_takes_a_wall_second_at_any_speed(build: BuildTime) -> None:
    time, _fake = build(speed=120.0)
    await time.keep_measured()
    assert time.now_ms() - time.settled_ms() == 120_000
    assert time.wall_ms_since(EPOCH - 120_000) == 1_000


async def test_the_offset_is_measured_again_after_a_while(build: BuildTime) -> None:
    time, fake = build()
    await time.keep_measured()
    await time.keep_measured()
    assert fake.asked == 1
    fake.wall_ms, fake.server_ms = 600_000, EPOCH + 600_000
    await time.keep_measured()
    assert fake.asked == 2


async def test_an_old_offset_is_better_than_none(build: BuildTime) -> None:
    time, fake = build()
    fake.broken = True
    with pytest.raises(TransientExchangeError):
        await time.keep_measured()
    fake.broken = False
    await time.keep_measured()
    fake.broken, fake.wall_ms = True, 600_000
    await time.keep_measured()
    assert time.now_ms() == EPOCH + 600_000


async def test_at_the_end_of_a_recording_every_bar_is_settled(build: BuildTime) -> None:
    time, fake = build(speed=60.0, end_ms=EPOCH + 60_000)
    fake.server_ms = EPOCH - 300
    await time.keep_measured()
    fake.wall_ms, fake.server_ms = 5_000, EPOCH + 60_000
    await time.keep_measured()
    assert time.settled_ms() == EPOCH + 60_000


async def test_a_clock_that_jumped_is_believed_when_it_says_so_twice(build: BuildTime) -> None:
    time, fake = build()
    await time.keep_measured()
    fake.wall_ms, fake.server_ms = 6_000, EPOCH + 9_000
    time.doubt()
    await time.keep_measured()
    assert time.now_ms() == EPOCH + 9_000
    assert fake.faults.tallies[FaultKind.CLOCK_SKEW].count == 1


async def test_one_wild_answer_moves_nothing(build: BuildTime) -> None:
    time, fake = build()
    await time.keep_measured()
    fake.wall_ms = 6_000
    fake.told = [EPOCH + 10**12, EPOCH + 6_000]
    time.doubt()
    await time.keep_measured()
    assert time.now_ms() == EPOCH + 6_000
    assert FaultKind.CLOCK_SKEW not in fake.faults.tallies


async def test_a_doubt_is_not_followed_more_than_every_five_seconds(build: BuildTime) -> None:
    time, fake = build()
    await time.keep_measured()
    fake.wall_ms = 4_999
    time.doubt()
    await time.keep_measured()
    assert fake.asked == 1


async def test_what_a_slow_answer_leaves_open_is_neither_past_nor_future(build: BuildTime) -> None:
    time, fake = build()
    fake.answers_after_ms = 3_000
    await time.keep_measured()
    assert time.wall_ms_since(EPOCH) == 0
    assert time.wall_ms_until(EPOCH) == -3_000


async def test_nothing_is_the_future_before_the_first_measurement(build: BuildTime) -> None:
    time, _fake = build()
    assert time.wall_ms_until(EPOCH + 10**9) == float("-inf")
