import asyncio

from market_service.coverage_store import Coverage
from market_service.history_ready import GIVE_UP_SECONDS, HistoryReady
from service_kit.clock import Clock
from service_kit.series import Series
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

SERIES = Series(Symbol("ETH", "USDT"), Timeframe.H1)


class FakeCoverage:
    def __init__(self) -> None:
        self.first_available_ms: int | None = 0
        self.backfilled_from_ms: int | None = None
        """None: nothing is stored before now."""

    async def begin(self, series: Series, now_ms: int) -> Coverage:
        opened_ms = series.timeframe.bar_open(now_ms)
        reached_ms = opened_ms if self.backfilled_from_ms is None else self.backfilled_from_ms
        return Coverage(now_ms, reached_ms, self.first_available_ms)


class PartlyWhole:
    """Has all the history of one series, and gives others their turn before it says so."""

    def __init__(self, whole: Series) -> None:
        self.whole = whole

    async def begin(self, series: Series, now_ms: int) -> Coverage:
        await asyncio.sleep(0)
        return Coverage(now_ms, 0 if series == self.whole else now_ms, 0)


async def test_it_waits_until_the_window_of_the_newest_bar_is_there() -> None:
    coverage, clock = FakeCoverage(), Clock()
    ready = HistoryReady(coverage, clock, [SERIES])
    assert await ready.check() == "fetching the history of ETHUSDT 1h"
    newest_ms = SERIES.timeframe.last_closed_open(clock.now_ms())
    coverage.backfilled_from_ms = SERIES.timeframe.window_start(newest_ms)
    assert await ready.check() is None
    coverage.backfilled_from_ms = None
    assert await ready.check() is None, "it asks once only"


async def test_two_who_ask_at_once_leave_no_series_out() -> None:
    unfinished = Series(SERIES.symbol, Timeframe.M1)
    ready = HistoryReady(PartlyWhole(SERIES), Clock(), [SERIES, unfinished])
    said = await asyncio.gather(ready.check(), ready.check())
    assert said == ["fetching the history of ETHUSDT 1m"] * 2


async def test_a_young_market_is_ready_with_the_history_it_has() -> None:
    coverage, clock = FakeCoverage(), Clock()
    opened_ms = SERIES.timeframe.bar_open(clock.now_ms())
    coverage.first_available_ms = coverage.backfilled_from_ms = opened_ms - 50 * SERIES.bar_ms
    assert await HistoryReady(coverage, clock, [SERIES]).check() is None


async def test_an_exchange_that_is_away_does_not_hold_up_the_start_for_ever() -> None:
    now = [0.0]
    ready = HistoryReady(FakeCoverage(), Clock(), [SERIES], lambda: now[0])
    assert await ready.check() is not None
    now[0] = GIVE_UP_SECONDS + 1
    assert await ready.check() is None
