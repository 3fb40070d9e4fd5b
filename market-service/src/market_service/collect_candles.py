"""Fetch over REST what the tables lack: holes since we watch, and history before.

A page is asked for as "from its start on, so many bars and one more". The bar that follows proves
that the ones before it have closed, whatever our clocks say. What such an answer lacks before its
last closed bar the exchange itself does not have: the exchange named a later bar instead. That is
an outage, unless its end is so fresh that the exchange may still be catching up, or the answer held
rows that are no candles.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from market_service.announce_stored import Announce
from market_service.candle_store import Bar, SeenCandle, StoredCandle
from market_service.coverage_store import Coverage
from market_service.errors import TransientExchangeError
from market_service.exact_candle import ExactCandle
from market_service.exchange_time import ExchangeTime
from market_service.fault_kind import FaultKind
from market_service.fault_log import FaultLog
from market_service.find_gaps import bar_count, gaps_before_last, history_start, pages_over
from market_service.kline_rows import KlineAnswer
from market_service.market_metrics import MarketMetrics
from market_service.witness import Witness
from service_kit.logging import get_logger
from service_kit.series import Series
from trading_core.candle_origin import CandleOrigin
from trading_core.time_range import TimeRange
from trading_core.timeframe import Timeframe

log = get_logger(__name__)

LARGEST_ANSWER: Final = 1_000
"""Bars that the exchange gives at once."""
OUTAGE_AFTER_MS: Final = 60_000
"""Wall time since the end of a gap before it counts as the exchange's own."""
AHEAD_MS: Final = 1_000
"""Wall time by which a bar may open before we think so."""


class KlineSource(Protocol):
    """Raises ExchangeError, StoreUnavailableError."""

    async def klines(self, series: Series, since_ms: int, limit: int) -> KlineAnswer: ...


class CandleSink(Protocol):
    async def save(self, candles: Sequence[SeenCandle]) -> list[StoredCandle]: ...


class CoverageBook(Protocol):
    async def begin(self, series: Series, now_ms: int) -> Coverage: ...
    async def set_first_available(self, series: Series, first_ms: int) -> None: ...
    async def set_backfilled_from(self, series: Series, from_ms: int) -> None: ...
    async def holes(self, series: Series, within: TimeRange) -> tuple[TimeRange, ...]: ...
    async def record_outages(
        self, series: Series, ranges: Sequence[TimeRange], now_ms: int
    ) -> None: ...


@dataclass(frozen=True, slots=True)
class Fetched:
    """What one or several pages brought."""

    stored: int = 0
    healed: int = 0
    outages: int = 0
    """Bars newly known to be missing at the exchange itself."""

    def __add__(self, other: "Fetched") -> "Fetched":
        return Fetched(
            self.stored + other.stored, self.healed + other.healed, self.outages + other.outages
        )


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
        candles: CandleSink,
        coverage: CoverageBook,
        witness: Witness,
        time: ExchangeTime,
        announce: Announce,
        metrics: MarketMetrics,
        faults: FaultLog,
    ) -> None:
        self._exchange = exchange
        self._candles = candles
        self._coverage = coverage
        self._witness = witness
        self._time = time
        self._announce = announce
        self._metrics = metrics
        self._faults = faults
        self._running: dict[Series, asyncio.Task[Collected]] = {}
        self._complete_until_ms: dict[Series, int] = {}
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
        return await self._fetch(series, TimeRange(start_ms, end_ms))

    async def read_again(self, bar: Bar) -> bool:
        """Take over what the exchange tells of a bar; False while it is not settled there."""
        series, open_ms = bar
        closes_at_ms = open_ms + series.bar_ms
        if closes_at_ms > self._time.settled_ms():
            return False
        self._faults.count(FaultKind.CONTRADICTED_CANDLE, open_ms=open_ms)
        await self._fetch(series, TimeRange(open_ms, closes_at_ms))
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
        fetched = await self._fetch(series, page)
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
        fetched = Fetched()
        for page in pages_over(holes, series.timeframe):
            fetched += await self._fetch(series, page)
        if holes:
            holes = await self._holes(series)
        missing = bar_count(holes, series.timeframe)
        self._metrics.holes.labels(*series.key).set(missing)
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

    async def _fetch(self, series: Series, page: TimeRange) -> Fetched:
        settled_ms = self._time.settled_ms()  # before the question: the answer can only be later
        bars = series.timeframe.bars_between(page.start_ms, page.end_ms)
        limit = min(bars + 1, LARGEST_ANSWER)
        answer = await self._exchange.klines(series, page.start_ms, limit)
        closed = self._closed(answer.candles, settled_ms)
        stored = await self._save(closed)
        outages = self._outages(series.timeframe, page, closed) if not answer.rejected else ()
        if outages:
            await self._coverage.record_outages(series, outages, self._time.now_ms())
            self._faults.count(FaultKind.OUTAGE, len(outages))
            _log_outages(series, outages)
        healed = sum(row.is_new and row.origin is CandleOrigin.HEALED for row in stored)
        new = sum(row.is_new for row in stored)
        return Fetched(new, healed, bar_count(outages, series.timeframe))

    def _closed(self, candles: Sequence[ExactCandle], settled_ms: int) -> Sequence[ExactCandle]:
        """Without those that may still be open, and those that cannot have begun."""
        begun = [c for c in candles if self._time.wall_ms_until(c.open_ms) <= AHEAD_MS]
        self._faults.count(FaultKind.FUTURE_CANDLE, len(candles) - len(begun))
        if begun and not self._time.is_long_past(begun[-1].closes_at_ms):
            begun.pop()
        return [candle for candle in begun if candle.closes_at_ms <= settled_ms]

    async def _save(self, closed: Sequence[ExactCandle]) -> list[StoredCandle]:
        seen_at_ms = self._time.now_ms()
        sightings = [await self._witness.sighting(candle, seen_at_ms) for candle in closed]
        stored = await self._candles.save(sightings)
        self._faults.count(FaultKind.REVISION, sum(not row.is_new for row in stored))
        self._faults.count(FaultKind.MISSED_CLOSE, sum(row.is_told for row in stored))
        await self._announce(stored)
        return stored

    def _outages(
        self, timeframe: Timeframe, page: TimeRange, closed: Sequence[ExactCandle]
    ) -> tuple[TimeRange, ...]:
        opens = [candle.open_ms for candle in closed]
        gaps = gaps_before_last(page.start_ms, opens, timeframe)
        return tuple(g for g in gaps if self._time.wall_ms_since(g.end_ms) >= OUTAGE_AFTER_MS)


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


def _log_outages(series: Series, outages: Sequence[TimeRange]) -> None:
    symbol, timeframe = series.key
    for outage in outages:
        log.warning(
            "outage_recorded",
            symbol=symbol,
            timeframe=timeframe,
            start_ms=outage.start_ms,
            end_ms=outage.end_ms,
        )
