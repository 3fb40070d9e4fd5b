"""What the tables lack, over REST: holes since we watch, and history before."""

import asyncio
from dataclasses import dataclass
from typing import Protocol

from market_service.candle_store import Bar
from market_service.coverage_store import Coverage
from market_service.errors import TransientExchangeError
from market_service.exchange_time import ExchangeTime
from market_service.fault_kind import FaultKind
from market_service.fault_log import FaultLog
from market_service.fetch_candles import CandleFetcher, Fetched, KlineSource
from market_service.find_gaps import bar_count, history_start, pages_over
from service_kit.logging import get_logger
from service_kit.series import Series
from trading_core.time_range import TimeRange

log = get_logger(__name__)


class CoverageBook(Protocol):
    async def begin(self, series: Series, now_ms: int) -> Coverage: ...
    async def set_first_available(self, series: Series, first_ms: int) -> None: ...
    async def set_backfilled_from(self, series: Series, from_ms: int) -> None: ...
    async def holes(self, series: Series, within: TimeRange) -> tuple[TimeRange, ...]: ...


@dataclass(frozen=True, slots=True)
class Collected:
    series: Series
    fetched: Fetched
    holes: int
    """Bars that are still missing."""


class CandleCollector:
    """Its methods raise ExchangeError and StoreUnavailableError; what was stored stays stored."""

    def __init__(
        self,
        exchange: KlineSource,
        fetcher: CandleFetcher,
        coverage: CoverageBook,
        time: ExchangeTime,
        faults: FaultLog,
    ) -> None:
        self._exchange = exchange
        self._fetcher = fetcher
        self._coverage = coverage
        self._time = time
        self._faults = faults
        self._running: dict[Series, asyncio.Task[Collected]] = {}
        self._complete_until_ms: dict[Series, int] = {}
        self.missing: dict[Series, int] = {}
        """Bars that each series lacks, as of the last look."""
        self._bookkeeping = asyncio.Lock()
        """Held by who compares with, or moves, the bar down to which history reaches."""

    async def collect(self, series: Series) -> Collected:
        """Heal the holes of a series; who asks while that runs gets the same answer.

        Asks the exchange for nothing when nothing is missing.
        """
        task = self._running.get(series)
        if task is None:
            task = asyncio.create_task(self._collect(series))
            self._running[series] = task
            task.add_done_callback(lambda _done: self._running.pop(series, None))
        return await asyncio.shield(task)

    async def fetch_newest(self, series: Series, bars: int) -> Fetched:
        """Ask for the newest closed bars whether they are stored or not: this finds revisions."""
        await self._time.keep_measured()
        end_ms = series.timeframe.bar_open(self._time.settled_ms())
        coverage = await self._coverage.begin(series, self._time.now_ms())
        start_ms = max(end_ms - bars * series.bar_ms, coverage.first_available_ms or 0)
        if start_ms >= end_ms:
            return Fetched()
        return await self._fetcher.fetch(series, TimeRange(start_ms, end_ms))

    async def read_again(self, bar: Bar) -> bool:
        """Take over what the exchange tells of a bar; False while it is not settled there."""
        series, open_ms = bar
        closes_at_ms = open_ms + series.bar_ms
        if closes_at_ms > self._time.settled_ms():
            return False
        self._faults.count(FaultKind.CONTRADICTED_CANDLE, open_ms=open_ms)
        await self._fetcher.fetch(series, TimeRange(open_ms, closes_at_ms))
        return True

    async def backfill_page(self, series: Series, wanted_bars: int | None) -> int:
        """Fetch one more page of history, newest first; returns how many bars are still to come."""
        await self._time.keep_measured()
        now_ms = self._time.now_ms()
        coverage = await self._coverage.begin(series, now_ms)
        first_ms = await self._first_available(series, coverage)
        start_ms = history_start(series.timeframe, now_ms, wanted_bars, first_ms)
        if start_ms >= coverage.backfilled_from_ms:
            return 0
        missing = TimeRange(start_ms, coverage.backfilled_from_ms)
        page = pages_over([missing], series.timeframe)[0]
        fetched = await self._fetcher.fetch(series, page)
        async with self._bookkeeping:
            await self._coverage.set_backfilled_from(series, page.start_ms)
            if fetched.stored < series.timeframe.bars_between(page.start_ms, page.end_ms):
                self._complete_until_ms.pop(series, None)  # collect looks into what is left
        remaining = series.timeframe.bars_between(start_ms, page.start_ms)
        _log_backfill(series, page, fetched, remaining)
        return remaining

    async def _collect(self, series: Series) -> Collected:
        await self._time.keep_measured()
        holes = await self._holes(series)
        self.missing[series] = bar_count(holes, series.timeframe)
        fetched = Fetched()
        for page in pages_over(holes, series.timeframe):
            fetched += await self._fetcher.fetch(series, page)
        if holes:
            holes = await self._holes(series)
        self.missing[series] = missing = bar_count(holes, series.timeframe)
        _log_collected(series, fetched, missing)
        return Collected(series, fetched, missing)

    async def _holes(self, series: Series) -> tuple[TimeRange, ...]:
        """Missing bars since we watch; the stretch that was complete before is not read again."""
        async with self._bookkeeping:
            until_ms = series.timeframe.bar_open(self._time.settled_ms())
            start_ms = await self._complete_until(series)
            if start_ms >= until_ms:
                return ()
            holes = await self._coverage.holes(series, TimeRange(start_ms, until_ms))
            self._complete_until_ms[series] = holes[0].start_ms if holes else until_ms
            return holes

    async def _complete_until(self, series: Series) -> int:
        known_ms = self._complete_until_ms.get(series)
        if known_ms is not None:
            return known_ms
        coverage = await self._coverage.begin(series, self._time.now_ms())
        return max(coverage.backfilled_from_ms, coverage.first_available_ms or 0)

    async def _first_available(self, series: Series, coverage: Coverage) -> int:
        """Open of the exchange's first bar. Raises TransientExchangeError while it has none."""
        if coverage.first_available_ms is not None:
            return coverage.first_available_ms
        answer = await self._exchange.klines(series, 0, 1)
        if not answer.candles:
            raise TransientExchangeError("the exchange has no candle yet", FaultKind.REST_EMPTY)
        first_ms = answer.candles[0].open_ms
        await self._coverage.set_first_available(series, first_ms)
        return first_ms


def _log_backfill(series: Series, page: TimeRange, fetched: Fetched, remaining: int) -> None:
    symbol, timeframe = series.key
    log.info(
        "candles_backfilled",
        symbol=symbol,
        timeframe=timeframe,
        from_ms=page.start_ms,
        stored=fetched.stored,
        remaining=remaining,
    )


def _log_collected(series: Series, fetched: Fetched, missing: int) -> None:
    if fetched.stored or missing:
        symbol, timeframe = series.key
        log.info(
            "candles_collected",
            symbol=symbol,
            timeframe=timeframe,
            stored=fetched.stored,
            healed=fetched.healed,
            holes=missing,
        )
