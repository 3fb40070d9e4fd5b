"""Wiring only: what the gateway is made of."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from typing import Final

from fastapi import FastAPI
from prometheus_client import CollectorRegistry
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware

from api_gateway.docs_page import add_docs_page
from api_gateway.endpoints import add_health, add_merged_document
from api_gateway.find_latest import FindLatest
from api_gateway.forward_requests import METHODS, ForwardRequests
from api_gateway.forward_routes import forward_routes
from api_gateway.gateway_metrics import GatewayMetrics
from api_gateway.guard_origin import GuardOrigin, OriginRules
from api_gateway.handle_events import HandleEvents
from api_gateway.market_picture import MarketPicture
from api_gateway.relay_events import RelayEvents
from api_gateway.rooms import Rooms
from api_gateway.settings import GatewaySettings
from api_gateway.sibling_documents import SiblingDocuments
from api_gateway.sockets import SOCKET_PATH, Sockets
from service_kit.cache import Cache
from service_kit.clock import Clock
from service_kit.event_bus import EventBus
from service_kit.health import ReadinessCheck
from service_kit.redis_connection import create_redis, redis_ready
from service_kit.service import create_service
from service_kit.service_client import ServiceClient

NAME: Final = "api-gateway"
VERSION: Final = "0.1.0"
GREETING_SECONDS: Final = 1.0
"""How long a new subscriber waits at most for a price that nobody has told us yet."""


def build_app(settings: GatewaySettings) -> FastAPI:
    """Raises ClockFileError."""
    clock = Clock(settings.clock_file)
    registry = CollectorRegistry()
    metrics = GatewayMetrics.register(registry)
    redis = create_redis(settings)
    market = ServiceClient(
        settings.market_service_url, "market-service", timeout_seconds=GREETING_SECONDS
    )
    sockets = Sockets(Rooms(settings.max_rooms_per_socket), metrics)
    picture = MarketPicture.blank(settings, time.monotonic())
    relay = RelayEvents(EventBus(redis), picture, sockets, metrics.dropped)
    latest = FindLatest(picture, Cache(redis, registry), market)
    HandleEvents(sockets, latest, clock, settings.symbols).attach()
    routes = forward_routes(settings)
    forward = ForwardRequests(routes, metrics.forwards)
    documents = SiblingDocuments(routes)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            stack.push_async_callback(redis.aclose)
            for client in (market, forward, documents):
                await stack.enter_async_context(client)
            stack.push_async_callback(sockets.close)
            relaying = await stack.enter_async_context(_running(relay))
            app.state.readiness |= {
                "redis": redis_ready(redis),
                "relay": _still_running(relaying),
                **{route.sibling: forward.ready(route) for route in routes},
            }
            yield

    app = create_service(NAME, lifespan=lifespan, registry=registry, version=VERSION)
    _stand_at_the_door(app, settings, metrics)
    add_health(app, clock)
    add_merged_document(app, documents)
    add_docs_page(app)
    app.add_api_route(
        "/api/{rest:path}", forward.answer, methods=list(METHODS), include_in_schema=False
    )
    app.mount(SOCKET_PATH, sockets.asgi_app())
    return app


def _stand_at_the_door(app: FastAPI, settings: GatewaySettings, metrics: GatewayMetrics) -> None:
    """Inside of what `create_service` put around the app: refusals have a request id, and count."""
    trusted = settings.trusted_origins
    rules = OriginRules(frozenset(settings.allowed_hosts), trusted)
    guard = Middleware(GuardOrigin, rules=rules, socket_path=SOCKET_PATH, refusals=metrics.refusals)
    cors = Middleware(
        CORSMiddleware,
        allow_origins=sorted(trusted),
        allow_methods=METHODS,
        allow_headers=("Content-Type", "If-None-Match", "X-Request-ID"),
        expose_headers=("ETag", "Retry-After", "X-Request-ID"),
    )
    app.user_middleware.extend((guard, cors))


@asynccontextmanager
async def _running(relay: RelayEvents) -> AsyncIterator[asyncio.Task[None]]:
    task = asyncio.create_task(relay.run())
    try:
        yield task
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


def _still_running(task: asyncio.Task[None]) -> ReadinessCheck:
    async def check() -> str | None:
        return f"stopped: {task.exception()!r}" if task.done() else None

    return check
