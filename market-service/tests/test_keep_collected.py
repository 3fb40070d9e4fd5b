"""The leader's rounds on a collector that only writes down what it was asked."""

from dataclasses import dataclass, field

import pytest

from market_service.candle_store import Bar
from market_service.errors import (
    ExchangeError,
    PermanentExchangeError,
    RateLimitedError,
    TransientExchangeError,
)
from market_service.fault_kind import FaultKind
from market_service.keep_collected import (
    LATELY_REVISED_BARS,
    RETRY_SECONDS,
    REVISE_SECONDS,
    REVISED_BARS,
    SWEEP_SECONDS,
    Upkeep,
)
from service_kit.errors import StoreUnavailableError
from service_kit.series import Series
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

ONE, TWO = (Series(Symbol("ETH", "USDT"), timeframe) for timeframe in (Timeframe.M1, Timeframe.M5))


@dataclass
class FakeCollector:
    """`pages` of history are still to come for each series."""

    pages: int = 1
    is_settled: bool = True
    trouble: dict[Series, ExchangeError] = field(default_factory=dict)
    did: list[tuple[str, Series, int]] = field(default_factory=list)

    async def collect(self, series: Series) -> None:
        self.did.append(("collect", series, 0))
        if series in self.trouble:
            raise self.trouble[series]

    async def read_again(self, bar: Bar) -> bool:
        self.did.append(("read_again", *bar))
        return self.is_settled

    async def backfill_page(self, series: Series, _wanted: int | None) -> int:
        self.did.append(("backfill", series, 0))
        self.pages = max(0, self.pages - 1)
        return self.pages

    async def fetch_newest(self, series: Series, bars: int) -> None:
        self.did.append(("revisions", series, bars))

    def names(self) -> list[str]:
        done = [name for name, _series, _number in self.did]
        self.did.clear()
        return done

    def looked_back(self) -> list[int]:
        """Bars that were read again, since it was asked last."""
        bars = [number for name, _series, number in self.did if name == "revisions"]
        self.did.clear()
        return bars


@dataclass
class Watch:
    seconds: float = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def collector() -> FakeCollector:
    return FakeCollector(pages=0)


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def upkeep(collector: FakeCollector, watch: Watch) -> Upkeep:
    return Upkeep(collector, (ONE, TWO), {}, watch)  # type: ignore[arg-type] # it has what is used


async def test_holes_come_before_revisions_and_revisions_before_history(
    upkeep: Upkeep, collector: FakeCollector
) -> None:
    collector.pages = 3
    assert await upkeep.round() == 0
    assert collector.names() == [
        "collect", "collect", "revisions", "revisions", "backfill", "backfill",
    ]  # fmt: skip
    assert await upkeep.round() == SWEEP_SECONDS
    assert collector.names() == ["collect", "collect", "backfill", "backfill"]


async def test_history_gives_way_to_what_is_needed_now(
    upkeep: Upkeep, collector: FakeCollector
) -> None:
    collector.pages = 9
    await upkeep.round()
    collector.did.clear()
    upkeep._wake.set()
    assert await upkeep.round() == 0
    assert collector.names() == ["collect", "collect"]


async def test_revisions_are_looked_for_again_and_again(
    upkeep: Upkeep, collector: FakeCollector, watch: Watch
) -> None:
    await upkeep.round()
    assert collector.looked_back() == [REVISED_BARS] * 2
    await upkeep.round()
    assert collector.looked_back() == []
    watch.seconds = REVISE_SECONDS
    await upkeep.round()
    assert collector.looked_back() == [LATELY_REVISED_BARS] * 2


async def test_a_connection_that_was_away_is_reason_to_read_far_back(
    upkeep: Upkeep, collector: FakeCollector
) -> None:
    await upkeep.round()
    collector.did.clear()
    upkeep.connected()
    await upkeep.round()
    assert collector.looked_back() == [REVISED_BARS] * 2


async def test_a_doubted_bar_is_asked_for_until_it_is_settled(
    upkeep: Upkeep, collector: FakeCollector
) -> None:
    upkeep.doubt((ONE, 60_000))
    collector.is_settled = False
    await upkeep.round()
    assert ("read_again", ONE, 60_000) in collector.did
    collector.is_settled = True
    await upkeep.round()
    collector.did.clear()
    await upkeep.round()
    assert "read_again" not in collector.names()


async def test_who_had_trouble_comes_last_in_the_next_round(
    upkeep: Upkeep, collector: FakeCollector
) -> None:
    collector.trouble[ONE] = TransientExchangeError("x", FaultKind.REST_NOT_CANDLES)
    assert await upkeep.round() == RETRY_SECONDS
    assert collector.did == [("collect", ONE, 0)]
    collector.did.clear()
    await upkeep.round()
    assert collector.did == [("collect", TWO, 0), ("collect", ONE, 0)]


async def test_a_ban_is_sat_out_and_a_refused_series_keeps_nobody_waiting(
    upkeep: Upkeep, collector: FakeCollector
) -> None:
    collector.trouble[ONE] = RateLimitedError(30_000, 0)
    assert await upkeep.round() == 30
    collector.trouble[ONE] = PermanentExchangeError("no such symbol")
    collector.did.clear()
    await upkeep.round()
    assert ("collect", TWO, 0) in collector.did


async def test_a_database_that_is_away_is_tried_again_soon(
    upkeep: Upkeep, collector: FakeCollector
) -> None:
    collector.trouble[ONE] = StoreUnavailableError("away")  # type: ignore[assignment] # also this
    assert await upkeep.round() == RETRY_SECONDS
