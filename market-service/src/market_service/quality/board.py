"""The data-quality report put together, and kept for a while: it counts every candle."""

import asyncio
from dataclasses import dataclass, replace
from typing import Final

from market_service.exchange_time import ExchangeTime
from market_service.quality.feed import feed_quality
from market_service.quality.quality_store import QualityStore
from market_service.quality.sampler import FeedSampler
from market_service.quality.schemas import (
    Arrivals,
    ArrivalSpan,
    FeedQuality,
    QualityReport,
    SeriesQuality,
)
from market_service.quality.series import (
    NEWEST,
    arrival_span,
    judged_range,
    nothing_judged,
    series_quality,
)
from service_kit.clock import Clock, ClockState
from service_kit.errors import BadRequestError
from service_kit.series import Series
from trading_core.symbol import Symbol
from trading_core.time_range import TimeRange
from trading_core.timeframe import DAY_MS, HOUR_MS, Timeframe

FRESH_MS: Final = 5_000
"""Wall time for which one answer serves all who ask the same, at least."""
RESTS: Final = 10
"""Times as long as it took."""
STALE_MS: Final = 15_000
"""Wall time for which an answer serves at most, however long it took."""
MOST_KEPT: Final = 32
"""Answers; the oldest makes room."""


@dataclass(frozen=True, slots=True)
class QualityQuestion:
    symbol: Symbol
    timeframe: Timeframe | None = None
    """None is all."""
    since_ms: int | None = None

    @property
    def series(self) -> tuple[Series, ...]:
        timeframes = Timeframe if self.timeframe is None else (self.timeframe,)
        return tuple(Series(self.symbol, one) for one in timeframes)


@dataclass(frozen=True, slots=True)
class _Kept:
    answer: QualityReport
    from_ms: int
    until_ms: int
    """Wall times between which it serves."""


class QualityBoard:
    def __init__(
        self,
        store: QualityStore,
        sampler: FeedSampler,
        time: ExchangeTime,
        clock: Clock,
        source: str,
    ) -> None:
        self._store = store
        self._sampler = sampler
        self._time = time
        self._clock = clock
        self._source = source
        self._counting = asyncio.Lock()
        """One question at a time, however many are asked."""
        self._running: dict[QualityQuestion, asyncio.Task[QualityReport]] = {}
        self._kept: dict[QualityQuestion, _Kept] = {}

    async def read(self, question: QualityQuestion) -> QualityReport:
        """Raises BadRequestError for a `since` in the future, and StoreUnavailableError."""
        if question.since_ms is not None and question.since_ms > self._time.now_ms():
            raise BadRequestError("since lies in the future")
        report = self._still_fresh(question) or await self._counted(question)
        return report.model_copy(update={"feed": await self._feed()})

    def _still_fresh(self, question: QualityQuestion) -> QualityReport | None:
        kept = self._kept.get(question)
        wall_ms = self._clock.wall_ms()
        return kept.answer if kept and kept.from_ms <= wall_ms < kept.until_ms else None

    async def _counted(self, question: QualityQuestion) -> QualityReport:
        """Who asks the same while it is being counted gets the same answer, or error."""
        task = self._running.get(question)
        if task is None:
            task = asyncio.create_task(self._count_alone(question))
            self._running[question] = task
            task.add_done_callback(lambda _done: self._running.pop(question, None))
        return await asyncio.shield(task)

    async def _count_alone(self, question: QualityQuestion) -> QualityReport:
        async with self._counting:
            return await self._count(question)

    async def _count(self, question: QualityQuestion) -> QualityReport:
        began_ms = self._clock.wall_ms()
        now_ms, settled_ms = self._time.now_ms(), self._time.settled_ms()
        since_ms = question.since_ms
        found = [await self._series(one, since_ms, settled_ms) for one in question.series]
        report = QualityReport(
            symbol=question.symbol.compact,
            now_ms=now_ms,
            speed=self._clock.speed,
            whole=all(one.whole for one in found),
            series=found,
            feed=None,
        )
        self._keep(question, report, began_ms)
        return report

    def _keep(self, question: QualityQuestion, report: QualityReport, began_ms: int) -> None:
        done_ms = self._clock.wall_ms()
        until_ms = done_ms + min(STALE_MS, max(FRESH_MS, RESTS * (done_ms - began_ms)))
        self._kept.pop(question, None)
        while len(self._kept) >= MOST_KEPT:
            del self._kept[next(iter(self._kept))]
        self._kept[question] = _Kept(report, began_ms, until_ms)

    async def _series(self, series: Series, since_ms: int | None, settled_ms: int) -> SeriesQuality:
        coverage = await self._store.coverage(series)
        if coverage is None:
            return nothing_judged(series.timeframe, watched=False)
        within = judged_range(coverage, series.timeframe, since_ms, settled_ms)
        if within is None:
            return nothing_judged(series.timeframe, watched=True)
        counted = await self._store.count(series, within, NEWEST)
        return series_quality(counted, await self._arrivals(series, within))

    async def _arrivals(self, series: Series, within: TimeRange) -> Arrivals | None:
        clock = self._exchange_clock()
        if clock is None:
            return None
        since_ms = max(within.start_ms, clock.event_epoch_ms)
        now_ms = self._time.now_ms()

        async def closed_since(closed_ms: int) -> ArrivalSpan:
            opened_ms = max(since_ms, closed_ms) - series.bar_ms
            start_ms = max(within.start_ms, opened_ms)
            return await self._span(series, start_ms, within.end_ms, clock)

        return Arrivals(
            since_ms=since_ms,
            last_hour=await closed_since(now_ms - HOUR_MS),
            last_day=await closed_since(now_ms - DAY_MS),
            whole=await closed_since(since_ms),
        )

    async def _span(
        self, series: Series, start_ms: int, end_ms: int, clock: ClockState
    ) -> ArrivalSpan:
        if start_ms >= end_ms:
            return arrival_span({})
        return arrival_span(await self._store.delays(series, TimeRange(start_ms, end_ms), clock))

    def _exchange_clock(self) -> ClockState | None:
        """The clock's present run, at the exchange's time; None while it stands still."""
        state = self._clock.state
        if state.wall_epoch_ms is None:
            return None
        offset_ms = self._time.now_ms() - self._clock.now_ms()
        return replace(state, event_epoch_ms=state.event_epoch_ms + offset_ms)

    async def _feed(self) -> FeedQuality | None:
        ages = await self._sampler.read()
        if ages is None:
            return None
        return feed_quality(ages, self._source, self._clock.wall_ms())
