"""Wiring only: what the gateway is made of."""

import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Final

from fastapi import FastAPI
from prometheus_client import CollectorRegistry
from redis.asyncio import Redis
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from api_gateway.ask_siblings import AskSiblings
from api_gateway.docs_page import add_docs_page
from api_gateway.endpoints import add_health, add_merged_document, add_pruning, add_status
from api_gateway.find_latest import FindLatest
from api_gateway.forward_requests import METHODS, ForwardRequests
from api_gateway.forward_routes import forward_routes
from api_gateway.gateway_metrics import GatewayMetrics
from api_gateway.guard_origin import GuardOrigin, OriginRules
from api_gateway.guard_token import GuardToken
from api_gateway.handle_events import HandleEvents
from api_gateway.make_snapshot import SIBLING_SECONDS, MakeSnapshot, NewestCandles
from api_gateway.market_picture import MarketPicture
from api_gateway.relay_events import RelayEvents
from api_gateway.relay_room_events import RelayRoomEvents
from api_gateway.resume_rooms import ResumeRooms
from api_gateway.room_log import RoomLog, RoomPositions
from api_gateway.room_pages import RoomPages
from api_gateway.rooms import Rooms
from api_gateway.session_route import session_route
from api_gateway.settings import GatewaySettings
from api_gateway.sibling_documents import SiblingDocuments
from api_gateway.sockets import SOCKET_PATH, Sockets
from api_gateway.status_board import StatusBoard
from service_kit.background import Work, running
from service_kit.cache import Cache
from service_kit.clock import Clock
from service_kit.database import Database, create_database, database_ready
from service_kit.event_bus import EventBus
from service_kit.redis_connection import create_redis, redis_ready
from service_kit.room import Room
from service_kit.series import all_series
from service_kit.service import create_service
from service_kit.service_client import ServiceClient
from service_kit.sibling_metrics import SiblingMetrics
from trading_core.timeframe import Timeframe

NAME: Final = "api-gateway"
VERSION: Final = "0.1.0"
GREETING_SECONDS: Final = 1.0
"""How long a new subscriber waits at most for a price that nobody has told us yet."""


@dataclass(frozen=True, slots=True)
class Live:
    """What keeps the sockets told, and what it needs while it runs."""

    sockets: Sockets
    latest: FindLatest
    relay: RelayEvents
    room_relay: RelayRoomEvents
    clients: tuple[ServiceClient, ...]

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        works: dict[str, Work] = {
            "listen": self.relay.listen,
            "step": self.relay.step,
            "listen_to_hints": self.room_relay.listen,
            "relay_room_events": self.room_relay.run,
        }
        async with AsyncExitStack() as stack:
            for client in self.clients:
                await stack.enter_async_context(client)
            await stack.enter_async_context(running(works))
            yield


def build_app(settings: GatewaySettings) -> FastAPI:
    """Raises ClockFileError."""
    clock = Clock(settings.clock_file)
    registry = CollectorRegistry()
    metrics = GatewayMetrics.register(registry)
    redis, database = create_redis(settings), create_database(settings, registry)
    live = _live(settings, clock, metrics, redis, database, registry)
    routes = forward_routes(settings)
    forward = ForwardRequests(routes, metrics.forwards)
    documents = SiblingDocuments(routes)
    own_checks = {
        "redis": redis_ready(redis),
        "database": database_ready(database),
        "sockets": live.sockets.ready,
    }
    siblings = AskSiblings(settings, VERSION, own_checks, live.latest.feed, clock)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            stack.push_async_callback(database.dispose)
            stack.push_async_callback(redis.aclose)
            for part in (forward, documents, siblings, live.running()):
                await stack.enter_async_context(part)
            app.state.readiness |= {
                **own_checks,
                **{route.sibling: forward.ready(route) for route in routes},
            }
            yield

    app = create_service(NAME, lifespan=lifespan, registry=registry, version=VERSION)
    _stand_at_the_door(app, settings, metrics)
    add_health(app, clock)
    add_status(app, StatusBoard(siblings.gather, all_series(settings.symbols)))
    add_merged_document(app, documents, settings)
    add_docs_page(app)
    add_pruning(app, database, settings)
    app.add_api_route(
        "/api/{rest:path}", forward.answer, methods=list(METHODS), include_in_schema=False
    )
    app.mount(SOCKET_PATH, live.sockets.asgi_app())
    return app


def _live(
    settings: GatewaySettings,
    clock: Clock,
    metrics: GatewayMetrics,
    redis: Redis,
    database: Database,
    registry: CollectorRegistry,
) -> Live:
    bus, room_log, siblings = EventBus(redis), RoomLog(database), SiblingMetrics(registry)
    sockets = Sockets(
        Rooms(settings.max_rooms_per_socket),
        metrics,
        settings.max_sockets,
        session_route(settings.advertised_address),
    )
    positions = RoomPositions(Room(one, bars) for one in settings.symbols for bars in Timeframe)
    market, analysis, signals = (
        ServiceClient(url, name, timeout_seconds=seconds, meter=siblings.of(name))
        for url, name, seconds in (
            (settings.market_service_url, "market-service", GREETING_SECONDS),
            (settings.analysis_service_url, "analysis-service", SIBLING_SECONDS),
            (settings.signals_service_url, "signals-service", SIBLING_SECONDS),
        )
    )
    snapshots = MakeSnapshot(NewestCandles(database), analysis, signals)
    resumes = ResumeRooms(RoomPages(room_log, positions), positions, sockets, snapshots)
    picture = MarketPicture.blank(settings, time.monotonic())
    relay = RelayEvents(bus, picture, sockets, metrics.unreadable)
    room_relay = RelayRoomEvents(
        room_log, positions, bus, sockets, resumes, relay, metrics.unreadable
    )
    latest = FindLatest(picture, Cache(redis, registry), market)
    HandleEvents(sockets, latest, positions, resumes, clock, settings.symbols).attach()
    return Live(sockets, latest, relay, room_relay, (market, analysis, signals))


def _stand_at_the_door(app: FastAPI, settings: GatewaySettings, metrics: GatewayMetrics) -> None:
    """Inside of what `create_service` put around the app: refusals have a request id, and count."""
    trusted = settings.trusted_origins
    rules = OriginRules(frozenset(settings.allowed_hosts), trusted)
    proxies = Middleware(
        ProxyHeadersMiddleware, trusted_hosts=[str(block) for block in settings.trusted_proxies]
    )
    guard = Middleware(GuardOrigin, rules=rules, socket_path=SOCKET_PATH, refusals=metrics.refusals)
    cors = Middleware(
        CORSMiddleware,
        allow_origins=sorted(trusted),
        allow_methods=METHODS,
        allow_headers=("Authorization", "Content-Type", "If-None-Match", "X-Request-ID"),
        expose_headers=("ETag", "Retry-After", "X-Request-ID"),
    )
    app.user_middleware.extend((proxies, guard, cors))
    if settings.require_admin_token and settings.admin_token:
        # Within CORS: a page that we trust may read why it was refused.
        app.user_middleware.append(
            Middleware(
                GuardToken,
                token=settings.admin_token,
                socket_path=SOCKET_PATH,
                refusals=metrics.refusals,
            )
        )
