"""What an operator wants to know: the feed, and how complete each series is."""

from collections.abc import Callable, Mapping

from market_service.broadcast_feed import STATE_PART
from market_service.coverage_store import CoverageStore, Survey
from market_service.exchange_time import ExchangeTime
from market_service.feed_monitor import FeedMonitor
from market_service.find_gaps import history_start
from market_service.schemas import BackfillStatus, FeedReport, MarketStatus, SeriesStatus
from market_service.settings import MarketSettings
from service_kit.cache import FEED_STATE, Cache
from service_kit.clock import Clock
from service_kit.events import FeedState, FeedStatus
from trading_core.timeframe import Timeframe

FRESH_MS = 2_000
"""Wall time for which one survey answers all who ask: it counts every candle."""


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
        self._candles: dict[str, dict[Timeframe, SeriesStatus]] = {}

    async def read(self) -> MarketStatus:
        """Raises StoreUnavailableError."""
        wall_ms = self._clock.wall_ms()
        if not 0 <= wall_ms - self._surveyed_at_ms < FRESH_MS:
            self._candles = await self._survey()
            self._surveyed_at_ms = wall_ms
        return MarketStatus(feed=await self._feed(), candles=self._candles)

    async def _feed(self) -> FeedReport:
        state = self._monitor.state() if self._leads() else await self._told_state()
        return FeedReport(
            **state.model_dump(),
            connected=self._monitor.connected,
            leader=self._leads(),
            reconnects=self._monitor.reconnects,
            frames=self._monitor.frames,
            frames_dropped=self._monitor.frames_dropped,
        )

    async def _told_state(self) -> FeedState:
        """What the leader says."""
        told = await self._cache.get(FEED_STATE, STATE_PART)
        if told is not None:
            return FeedState.model_validate_json(told)
        source, kind = self._settings.feed_source, self._settings.feed_kind
        return FeedState(state=FeedStatus.OFFLINE, age_ms=None, source=source, kind=kind)

    async def _survey(self) -> dict[str, dict[Timeframe, SeriesStatus]]:
        settled_ms, now_ms = self._time.settled_ms(), self._time.now_ms()
        found = {
            (one.symbol, one.timeframe): one for one in await self._coverage.survey(settled_ms)
        }
        return {
            symbol.compact: {
                timeframe: series_status(
                    found[symbol.compact, timeframe],
                    settled_ms=settled_ms,
                    now_ms=now_ms,
                    wanted=self._settings.backfill_bars,
                )
                for timeframe in Timeframe
                if (symbol.compact, timeframe) in found
            }
            for symbol in self._settings.symbols
        }


def series_status(
    survey: Survey, *, settled_ms: int, now_ms: int, wanted: Mapping[Timeframe, int | None]
) -> SeriesStatus:
    """Holes are counted from where the history reaches; what is not fetched yet is no hole."""
    timeframe, coverage = survey.timeframe, survey.coverage
    first_available_ms = coverage.first_available_ms
    from_ms = max(coverage.backfilled_from_ms, first_available_ms or 0)
    expected = timeframe.bars_between(from_ms, timeframe.bar_open(settled_ms))
    missing = expected - survey.stored_since_backfill - survey.outage_ms // timeframe.duration_ms
    remaining = None
    if first_available_ms is not None:
        start_ms = history_start(timeframe, now_ms, wanted.get(timeframe), first_available_ms)
        remaining = timeframe.bars_between(start_ms, coverage.backfilled_from_ms)
    return SeriesStatus(
        stored=survey.stored,
        first=survey.first_ms,
        last=survey.last_ms,
        holes=max(0, missing),
        outages=survey.outages,
        backfill=BackfillStatus(
            from_ms=coverage.backfilled_from_ms, remaining=remaining, done=remaining == 0
        ),
    )
