"""What an operator wants to know: the feed, and how complete each series is."""

from collections.abc import Callable
from typing import Final

from market_service.broadcast_feed import REPORT_PART
from market_service.coverage_store import CoverageStore, Survey
from market_service.exchange_time import ExchangeTime
from market_service.feed_monitor import FeedMonitor
from market_service.schemas import FeedReport, MarketStatus, SeriesStatus
from market_service.series_status import Missing, asked_from, holes_in, series_status
from market_service.settings import MarketSettings
from service_kit.cache import FEED_STATE, Cache
from service_kit.clock import Clock
from service_kit.events import FeedStatus
from service_kit.logging import get_logger
from service_kit.series import Series, all_series
from trading_core.time_range import TimeRange
from trading_core.timeframe import Timeframe

log = get_logger(__name__)

FRESH_MS: Final = 2_000
"""Wall time for which one survey answers all who ask, at least: it counts every candle."""
RESTS: Final = 10
"""Times as long as it took: where millions are stored, counting them is still a rare thing."""
NEWEST: Final = 5
"""Holes and outages of a series that are shown one by one."""


class StatusBoard:
    def __init__(
        self,
        settings: MarketSettings,
        coverage: CoverageStore,
        time: ExchangeTime,
        monitor: FeedMonitor,
        cache: Cache,
        clock: Clock,
        leads: Callable[[], bool],
    ) -> None:
        self._settings = settings
        self._coverage = coverage
        self._time = time
        self._monitor = monitor
        self._cache = cache
        self._clock = clock
        self._leads = leads
        self._surveyed_at_ms = -FRESH_MS
        self._fresh_ms = FRESH_MS
        self._candles: dict[str, dict[Timeframe, SeriesStatus]] = {}

    async def read(self) -> MarketStatus:
        """Raises StoreUnavailableError."""
        wall_ms = self._clock.wall_ms()
        if not 0 <= wall_ms - self._surveyed_at_ms < self._fresh_ms:
            self._candles = await self._survey()
            took_ms = self._clock.wall_ms() - wall_ms
            self._fresh_ms = max(FRESH_MS, RESTS * took_ms)
            self._surveyed_at_ms = wall_ms
        return MarketStatus(feed=await self._feed(), candles=self._candles)

    async def _feed(self) -> FeedReport:
        return self._monitor.report() if self._leads() else await self._told()

    async def _told(self) -> FeedReport:
        """What the leader says; offline where it says nothing."""
        told = await self._cache.get(FEED_STATE, REPORT_PART)
        if told is not None:
            try:
                return FeedReport.model_validate_json(told).model_copy(update={"leader": False})
            except ValueError as error:  # of a leader of another version
                log.warning("feed_report_unreadable", reason=str(error)[:200])
        return FeedReport(
            state=FeedStatus.OFFLINE,
            age_ms=None,
            source=self._settings.feed_source,
            kind=self._settings.feed_kind,
            leader=False,
        )

    async def _survey(self) -> dict[str, dict[Timeframe, SeriesStatus]]:
        settled_ms, now_ms = self._time.settled_ms(), self._time.now_ms()
        surveys = await self._coverage.survey(settled_ms)
        found = {(one.symbol, one.timeframe): one for one in surveys}
        status: dict[str, dict[Timeframe, SeriesStatus]] = {
            symbol.compact: {} for symbol in self._settings.symbols
        }
        for series in all_series(self._settings.symbols):
            survey = found.get((series.symbol.compact, series.timeframe))
            if survey is not None:
                status[survey.symbol][survey.timeframe] = series_status(
                    survey,
                    await self._missing(series, survey, settled_ms),
                    settled_ms=settled_ms,
                    now_ms=now_ms,
                    wanted=self._settings.backfill_bars,
                )
        return status

    async def _missing(self, series: Series, survey: Survey, settled_ms: int) -> Missing:
        """Looked for only where there is any."""
        holes: tuple[TimeRange, ...] = ()
        outages: tuple[TimeRange, ...] = ()
        if holes_in(survey, settled_ms):
            within = TimeRange(asked_from(survey.coverage), settled_ms)
            holes = await self._coverage.holes(series, within)
        if survey.outages:
            outages = await self._coverage.newest_outages(series, NEWEST)
        return Missing(holes[: -NEWEST - 1 : -1], outages)
