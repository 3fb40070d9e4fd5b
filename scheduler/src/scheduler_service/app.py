"""Wiring only: what the scheduler is made of."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path
from typing import Final

from fastapi import FastAPI
from prometheus_client import CollectorRegistry

from scheduler_service.describe_jobs import DescribeJobs
from scheduler_service.endpoints import add_jobs
from scheduler_service.job_store import JobStore
from scheduler_service.jobs import CALL_SECONDS, JOBS, Siblings
from scheduler_service.lead import ROLE, lead
from scheduler_service.run_jobs import RunJobs
from scheduler_service.schedule import Schedule
from scheduler_service.scheduler_metrics import SchedulerMetrics
from scheduler_service.settings import SchedulerSettings
from service_kit.advisory_lock import Leadership
from service_kit.background import running
from service_kit.clock import Clock, ClockFileError, ClockState
from service_kit.database import create_database, database_ready
from service_kit.health import ReadinessCheck
from service_kit.service import create_service
from service_kit.service_client import ServiceClient
from service_kit.sibling_metrics import SiblingMetrics

NAME: Final = "scheduler"


def build_app(settings: SchedulerSettings) -> FastAPI:
    """Raises ClockFileError."""
    clock = Clock(settings.clock_file)
    registry = CollectorRegistry()
    metrics = SchedulerMetrics.register(registry)
    engine = create_database(settings, registry)
    siblings = SiblingMetrics(registry)
    clients = {
        "market": _client(settings.market_service_url, "market-service", siblings),
        "signals": _client(settings.signals_service_url, "signals-service", siblings),
        "ml": _client(settings.ml_service_url, "ml-service", siblings),
        "gateway": _client(settings.gateway_service_url, "api-gateway", siblings),
        "maintenance": _client(settings.maintenance_service_url, "maintenance-service", siblings),
    }
    jobs = [job for job in JOBS if job.name not in settings.disabled_jobs]
    runner = RunJobs(jobs, Siblings(**clients), clock, metrics, JobStore(engine))
    schedule = Schedule(runner, clock)
    leadership = Leadership(engine, ROLE)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            stack.push_async_callback(engine.dispose)
            for client in clients.values():
                await stack.enter_async_context(client)
            await stack.enter_async_context(running({"follow_runs": runner.follow}))
            leading = asyncio.create_task(lead(leadership, schedule, metrics.leader))
            stack.push_async_callback(_stop, leading)
            app.state.readiness |= {
                "database": database_ready(engine),
                "clock": _clock_ready(settings.clock_file),
                "lead": _still_running(leading),
            }
            yield

    app = create_service(NAME, lifespan=lifespan, registry=registry)
    add_jobs(app, runner, DescribeJobs(runner, schedule, clock), leadership)
    return app


def _client(url: str, name: str, siblings: SiblingMetrics) -> ServiceClient:
    return ServiceClient(url, name, timeout_seconds=CALL_SECONDS, meter=siblings.of(name))


async def _stop(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


def _clock_ready(path: Path | None) -> ReadinessCheck:
    """A clock that stands is ready: it is started once everybody is."""

    async def check() -> str | None:
        if path is not None:
            try:
                ClockState.read(path)
            except ClockFileError as error:
                return str(error)
        return None

    return check


def _still_running(task: asyncio.Task[None]) -> ReadinessCheck:
    async def check() -> str | None:
        return f"stopped: {task.exception()!r}" if task.done() else None

    return check
