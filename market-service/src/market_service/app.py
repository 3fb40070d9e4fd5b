"""market-service put together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial

from fastapi import FastAPI
from prometheus_client import CollectorRegistry
from redis.asyncio import Redis

from market_service.announce_stored import StoredAnnouncer
from market_service.broadcast_feed import FeedBroadcast
from market_service.broadcast_market import MarketBroadcast
from market_service.budget_store import BudgetStore
from market_service.candle_lag import CandleLag
from market_service.candle_pages import CandlePages
from market_service.candle_store import CandleStore
from market_service.collect_candles import CandleCollector
from market_service.coverage_store import CoverageStore
from market_service.endpoints import Market, market_router, operator_router
from market_service.exchange_rest import ExchangeRest
from market_service.exchange_time import ExchangeTime
from market_service.fault_log import FaultLog
from market_service.feed import FrameSink, feed_work
from market_service.feed_monitor import FeedMonitor
from market_service.fetch_candles import CandleFetcher
from market_service.history_ready import HistoryReady
from market_service.judge_frame import FrameJudge
from market_service.judge_volume import VolumeJudge
from market_service.keep_collected import Upkeep
from market_service.latest_price import LatestPrice
from market_service.lead_feed import ROLE, FeedLeader
from market_service.market_metrics import MarketMetrics
from market_service.market_status import StatusBoard
from market_service.page_cache import PageCache
from market_service.quality.board import QualityBoard
from market_service.quality.faults import faults_so_far
from market_service.quality.quality_store import QualityStore
from market_service.quality.sampler import FeedSampler
from market_service.settings import MarketSettings
from market_service.witness import Witness
from market_service.write_closed_candles import ClosedCandleWriter
from service_kit.advisory_lock import Leadership
from service_kit.background import Work, running
from service_kit.cache import Cache
from service_kit.clock import Clock
from service_kit.database import Database, create_database, database_ready
from service_kit.errors import StoreUnavailableError
from service_kit.event_bus import EventBus
from service_kit.logging import get_logger
from service_kit.redis_connection import create_redis
from service_kit.series import all_series
from service_kit.service import create_service

log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Service:
    """What runs and what is to be closed; the routes know the rest."""

    engine: Database
    redis: Redis
    exchange: ExchangeRest
    writer: ClosedCandleWriter
    leader: FeedLeader
    lag: CandleLag

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        try:
            async with running(self._works):
                yield
            await self._write_the_rest()
        finally:
            await self.exchange.close()
            await self.redis.aclose()
            await self.engine.dispose()

    @property
    def _works(self) -> dict[str, Work]:
        return {
            "lead_feed": self.leader.run,
            "write_closed": self.writer.run,
            "watch_candle_lag": self.lag.run,
        }

    async def _write_the_rest(self) -> None:
        try:
            await self.writer.write()
        except StoreUnavailableError as error:
            log.warning("candles_left_to_heal", reason=error.message)


def build_app(settings: MarketSettings) -> FastAPI:
    """Raises ClockFileError."""

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        async with service.running():
            yield

    app = create_service("market-service", lifespan=lifespan)
    service, market = _assemble(app, settings)
    app.include_router(market_router(market))
    app.include_router(operator_router(market))
    app.state.readiness["database"] = database_ready(service.engine)
    app.state.readiness["feed"] = service.leader.ready
    return app


def _assemble(app: FastAPI, settings: MarketSettings) -> tuple[Service, Market]:
    clock = Clock(settings.clock_file)
    registry: CollectorRegistry = app.state.registry
    metrics = MarketMetrics(registry)
    engine, redis = create_database(settings, registry), create_redis(settings)
    cache, bus = Cache(redis, registry), EventBus(redis)
    page_cache = PageCache(cache, clock)

    faults = FaultLog(clock, metrics.faults)
    budget = BudgetStore(engine, clock, settings.exchange_rest_url)
    exchange = ExchangeRest(settings.rest_urls, budget, clock, metrics, faults)
    time = ExchangeTime(exchange, clock, faults)
    coverage, candles = CoverageStore(engine), CandleStore(engine)
    witness = Witness(coverage, time, clock)
    announce = StoredAnnouncer(page_cache, bus, metrics).announce
    fetcher = CandleFetcher(exchange, candles, coverage, witness, time, announce, faults)
    collector = CandleCollector(exchange, fetcher, coverage, time, faults)
    series = all_series(settings.symbols)
    upkeep = Upkeep(collector, series, settings.backfill_bars)
    writer = ClosedCandleWriter(candles, witness, time, announce, upkeep.doubt, metrics)
    monitor = FeedMonitor(clock, settings.feed_source, settings.feed_kind, metrics, faults)
    judge = FrameJudge(time, faults)
    app.state.readiness["history"] = HistoryReady(coverage, clock, series).check
    sink = FrameSink(judge, writer, MarketBroadcast(cache, bus, settings.feed_source))
    states = FeedBroadcast(monitor, cache, bus)
    counts = partial(faults_so_far, faults)
    sampler = FeedSampler(monitor.state, counts, cache, clock, settings.feed_source)
    work = feed_work(settings, series, clock, monitor, upkeep, sink, states, sampler)
    leader = FeedLeader(Leadership(engine, ROLE), database_ready(engine), work, monitor)
    metrics.watch_feed(lambda: monitor.state() if leader.leads else None)
    metrics.watch_holes(series, collector.missing, lambda: leader.leads)
    lag = CandleLag(coverage, time, clock, series, metrics.candle_lag)

    prices = LatestPrice(engine, cache, clock, settings.feed_source)
    status = StatusBoard(settings, coverage, time, monitor, cache, clock, lambda: leader.leads)
    pages = CandlePages(engine, page_cache)
    volumes = VolumeJudge(engine)
    quality = QualityBoard(QualityStore(engine), sampler, time, clock, settings.feed_source)
    market = Market(settings.symbols, prices, pages, collector, status, volumes, quality)
    return Service(engine, redis, exchange, writer, leader, lag), market
