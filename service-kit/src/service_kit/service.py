"""`create_service()`: what is the same in every service; `run_service()`: the process around it."""

import resource
import sys
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from typing import Any, NoReturn, TypeVar

import orjson
import uvicorn
from fastapi import FastAPI, Response
from prometheus_client import CollectorRegistry
from pydantic import ValidationError
from pydantic_settings import SettingsError

from service_kit.background import running
from service_kit.clock import ClockFileError
from service_kit.dependency_watch import DependencyWatch
from service_kit.errors import install_error_handlers
from service_kit.event_loop_lag import EventLoopLag
from service_kit.health import ReadinessCheck, check_readiness
from service_kit.logging import configure_logging
from service_kit.metrics import RequestMetrics, metrics_response, tell_of_process
from service_kit.patient_http import PatientHttpProtocol
from service_kit.request_id import RequestIdMiddleware
from service_kit.settings import ServiceSettings, setting_errors

Lifespan = Callable[[FastAPI], AbstractAsyncContextManager[None]]
SettingsT = TypeVar("SettingsT", bound=ServiceSettings)

GRACEFUL_SHUTDOWN_SECONDS = 5
LARGEST_FRAME_BYTES = 64 * 1024
"""Of what a WebSocket client may send; refused while it is being received."""


def create_service(
    name: str,
    *,
    lifespan: Lifespan,
    readiness: Mapping[str, ReadinessCheck] | None = None,
    registry: CollectorRegistry | None = None,
    version: str = "0.1.0",
) -> FastAPI:
    """A FastAPI app with health, metrics, request ids and the error envelope.

    `app.state.readiness` is the service's own dict of checks: its lifespan adds what it opens.
    `app.state.registry` holds its metrics.
    """
    registry, checks = registry or CollectorRegistry(), dict(readiness or {})
    app = FastAPI(
        title=name,
        version=version,
        lifespan=_watched(lifespan, checks, registry),
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,  # a redirect would name our own address, behind the front door
    )
    app.state.readiness = checks
    app.state.registry = registry
    tell_of_process(registry, name, version)
    install_error_handlers(app)
    app.add_middleware(RequestMetrics, registry=registry)
    app.add_middleware(RequestIdMiddleware)
    _add_operator_routes(app)
    return app


def _watched(
    lifespan: Lifespan, checks: Mapping[str, ReadinessCheck], registry: CollectorRegistry
) -> Lifespan:
    """The same, and while the service runs, what it needs and its own event loop are watched."""
    works = {
        "watch_dependencies": DependencyWatch(checks, registry).run,
        "watch_event_loop": EventLoopLag(registry).run,
    }

    @asynccontextmanager
    async def watched(app: FastAPI) -> AsyncIterator[None]:
        async with lifespan(app), running(works):
            yield

    return watched


def _add_operator_routes(app: FastAPI) -> None:
    @app.get("/livez", include_in_schema=False)
    async def livez() -> Response:
        return Response(b'{"status":"ok"}', media_type="application/json")

    @app.get("/readyz", include_in_schema=False)
    async def readyz() -> Response:
        found = await check_readiness(app.state.readiness)
        answer = {"ready": found.ready, "checks": dict(found.checks), "version": app.version}
        body = orjson.dumps(answer)
        return Response(body, 200 if found.ready else 503, media_type="application/json")

    @app.get("/metrics", include_in_schema=False)
    async def metrics() -> Response:
        return metrics_response(app.state.registry)


def run_service(
    name: str,
    settings_type: type[SettingsT],
    build_app: Callable[[SettingsT], FastAPI],
    *,
    refusals: tuple[type[Exception], ...] = (),
    **server: Any,  # noqa: ANN401 - uvicorn's own settings, where a service needs others than these
) -> None:
    """Run a service until SIGTERM or SIGINT.

    A wrong setting, and any of `refusals`, is one sentence on standard error and exit code 2.
    """
    refused: tuple[type[Exception], ...] = (SettingsError, ClockFileError, *refusals)
    try:
        settings = settings_type()
        configure_logging(name, settings.log_level, settings.log_format)
        app = build_app(settings)
    except ValidationError as error:
        _refuse(name, setting_errors(list(error.errors())))
    except refused as error:
        _refuse(name, str(error))
    _allow_many_connections()
    usual = {
        "log_config": None,
        "access_log": False,
        "http": PatientHttpProtocol,
        "server_header": False,
        "ws_per_message_deflate": False,
        "ws_max_size": LARGEST_FRAME_BYTES,
        "timeout_graceful_shutdown": GRACEFUL_SHUTDOWN_SECONDS,
    }
    uvicorn.run(app, host=settings.host, port=settings.port, **{**usual, **server})


def _allow_many_connections() -> None:
    """As many as this account may have at all; what a shell starts with is often 1,024."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with suppress(ValueError, OSError):  # where "all" is more than the system takes
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def _refuse(name: str, sentence: str) -> NoReturn:
    sys.stderr.write(f"{name}: {sentence}\n")
    sys.exit(2)
