"""signals-service put together."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial

from fastapi import APIRouter, FastAPI
from prometheus_client import CollectorRegistry
from redis.asyncio import Redis

from service_kit.background import Work, running
from service_kit.cache import Cache
from service_kit.candle_windows import CandleWindows
from service_kit.clock import Clock
from service_kit.database import Database, create_database, database_ready
from service_kit.event_bus import EventBus
from service_kit.redis_connection import create_redis
from service_kit.series import Series, all_series
from service_kit.service import create_service
from signals_service.announce_decisions import DecisionAnnouncer
from signals_service.confidence_map_store import ConfidenceMapStore
from signals_service.confidence_maps import ConfidenceMaps
from signals_service.cursor_store import CursorStore
from signals_service.decide_candle import CandleDecider
from signals_service.decide_series import Desk, SeriesDecider
from signals_service.decide_stragglers import StragglerDecider
from signals_service.endpoints import (
    Signals,
    operator_router,
    signals_router,
    single_signal_router,
)
from signals_service.engine_store import EngineStore
from signals_service.follow_outcomes import OutcomeFollower
from signals_service.gather_inputs import InputGatherer
from signals_service.gathered_inputs import Feed
from signals_service.generate_signal import SignalGenerator
from signals_service.kept_figures import KeptFigures
from signals_service.latest_signal import LatestSignals
from signals_service.outcome_store import OutcomeStore
from signals_service.performance import Performance
from signals_service.performance_breakdown import PerformanceBreakdown
from signals_service.performance_endpoints import (
    Refitting,
    confidence_map_router,
    performance_router,
    refit_router,
)
from signals_service.performance_store import PerformanceStore
from signals_service.read_market import MarketReader
from signals_service.replay_signal import SignalReplayer
from signals_service.settings import SignalsSettings
from signals_service.siblings import Siblings, create_siblings
from signals_service.signal_pages import SignalPages
from signals_service.signal_queries import SignalQueries
from signals_service.signal_store import SignalStore
from signals_service.signals_metrics import SignalsMetrics
from signals_service.signals_status import StatusBoard
from signals_service.wake_deciders import wake_deciders
from trading_core.decision.engine import DEFAULT_ENGINE


@dataclass(frozen=True, slots=True)
class Plumbing:
    """What every part stands on."""

    clock: Clock
    metrics: SignalsMetrics
    database: Database
    cache: Cache
    bus: EventBus


@dataclass(frozen=True, slots=True)
class Service:
    """What runs and what is to be closed; the routes know the rest."""

    database: Database
    redis: Redis
    siblings: Siblings
    works: Mapping[str, Work]

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        try:
            async with self.siblings.opened(), running(self.works):
                yield
        finally:
            await self.redis.aclose()
            await self.database.dispose()


def build_app(settings: SignalsSettings) -> FastAPI:
    """Raises ClockFileError."""

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        async with service.running():
            yield

    app = create_service("signals-service", lifespan=lifespan)
    service, routers = _assemble(app, settings)
    for router in routers:
        app.include_router(router)
    app.state.readiness["database"] = database_ready(service.database)
    return app


def _assemble(app: FastAPI, settings: SignalsSettings) -> tuple[Service, tuple[APIRouter, ...]]:
    registry: CollectorRegistry = app.state.registry
    database, redis = create_database(settings, registry), create_redis(settings)
    plumbing = Plumbing(
        clock=Clock(settings.clock_file),
        metrics=SignalsMetrics(registry),
        database=database,
        cache=Cache(redis, registry),
        bus=EventBus(redis),
    )
    watched = all_series(settings.symbols)
    latest = LatestSignals(SignalQueries(database), plumbing.cache, watched)
    maps, siblings = (
        ConfidenceMaps(ConfidenceMapStore(database)),
        create_siblings(settings, registry),
    )
    desk = _desk(settings, plumbing, siblings, maps, latest)
    deciders = {series: SeriesDecider(series, desk) for series in watched}
    works: dict[str, Work] = {
        "hear_closed_candles": partial(wake_deciders, plumbing.bus, deciders),
        "forget_what_changes": partial(latest.forget_what_changes, plumbing.bus),
        "follow_outcomes": OutcomeFollower(
            database, OutcomeStore(database), plumbing.bus, settings.symbols
        ).run,
        **{f"decide {_name(one)}": deciders[one].run for one in watched},
        **{f"stragglers {_name(one)}": StragglerDecider(one, desk).run for one in watched},
    }
    routers = _routers(settings, plumbing, desk, deciders, maps, latest)
    return Service(database, redis, siblings, works), routers


def _desk(
    settings: SignalsSettings,
    plumbing: Plumbing,
    siblings: Siblings,
    maps: ConfidenceMaps,
    latest: LatestSignals,
) -> Desk:
    clock, metrics, database = plumbing.clock, plumbing.metrics, plumbing.database
    gatherer = InputGatherer(
        CandleWindows(database),
        siblings,
        pattern_bars=DEFAULT_ENGINE.pattern_memory_bars,
        optional_seconds=settings.optional_source_seconds,
    )
    return Desk(
        decider=CandleDecider(DEFAULT_ENGINE, gatherer, maps, clock, _feed(settings), metrics),
        engines=EngineStore(database),
        cursors=CursorStore(database, DEFAULT_ENGINE.version),
        signals=SignalStore(database),
        announcer=DecisionAnnouncer(latest, plumbing.bus, clock, metrics),
        clock=clock,
        metrics=metrics,
        skip_after_seconds=settings.skip_after_seconds,
        started_at_ms=clock.wall_ms(),
    )


def _routers(
    settings: SignalsSettings,
    plumbing: Plumbing,
    desk: Desk,
    deciders: Mapping[Series, SeriesDecider],
    maps: ConfidenceMaps,
    latest: LatestSignals,
) -> tuple[APIRouter, ...]:
    database, clock, symbols = plumbing.database, plumbing.clock, settings.symbols
    queries, engines = SignalQueries(database), desk.engines
    pages = SignalPages(queries, SignalReplayer(database, engines, maps))
    generator = SignalGenerator(database, queries, desk.decider, deciders)
    status = StatusBoard(desk.cursors, DEFAULT_ENGINE.version, symbols, clock)
    signals = Signals(symbols, generator, latest, pages, status)
    return (
        signals_router(signals),
        _performance_router(settings, plumbing, engines),
        confidence_map_router(maps),
        single_signal_router(signals),  # after every other path below /api/signals
        operator_router(signals),
        refit_router(Refitting(maps, engines, DEFAULT_ENGINE, clock)),
    )


def _performance_router(
    settings: SignalsSettings, plumbing: Plumbing, engines: EngineStore
) -> APIRouter:
    store, markets = PerformanceStore(plumbing.database), MarketReader(plumbing.database)
    kept, feed = KeptFigures(store, plumbing.cache), _feed(settings)
    return performance_router(
        Performance(store, markets, kept, DEFAULT_ENGINE, feed, settings.symbols),
        PerformanceBreakdown(store, engines, markets, kept, DEFAULT_ENGINE, feed),
        settings.symbols,
    )


def _feed(settings: SignalsSettings) -> Feed:
    return Feed(settings.feed_kind, settings.feed_source)


def _name(series: Series) -> str:
    return "_".join(series.key)
