"""maintenance-service put together."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Final

from fastapi import FastAPI
from prometheus_client import CollectorRegistry

from maintenance_service.assemble_backup import assemble_backups
from maintenance_service.disks import disks_ready
from maintenance_service.endpoints import Maintenance, maintenance_router
from maintenance_service.health_store import HealthStore
from maintenance_service.maintenance_metrics import MaintenanceMetrics
from maintenance_service.make_health_report import ANSWER_SECONDS, MakeHealthReport
from maintenance_service.refresh_metrics import RefreshMetrics
from maintenance_service.run_backups import RunBackups
from maintenance_service.settings import MaintenanceSettings
from service_kit.background import running
from service_kit.database import create_database, database_ready
from service_kit.redis_connection import create_redis
from service_kit.service import create_service
from service_kit.service_client import ServiceClient
from service_kit.sibling_metrics import SiblingMetrics

NAME: Final = "maintenance-service"


def build_app(settings: MaintenanceSettings) -> FastAPI:
    """Raises ClockFileError, BackupError."""
    registry = CollectorRegistry()
    metrics = MaintenanceMetrics(registry)
    database, redis = create_database(settings, registry), create_redis(settings)
    backups = assemble_backups(settings, database)
    folders = _watched(settings)
    stores = (HealthStore(database), backups.store)
    runner = RunBackups(backups, metrics)
    refresh = RefreshMetrics(metrics, stores, redis, folders)
    gateway = ServiceClient(
        settings.gateway_service_url,
        "api-gateway",
        timeout_seconds=ANSWER_SECONDS,
        meter=SiblingMetrics(registry).of("api-gateway"),
    )
    reporter = MakeHealthReport(gateway, stores, redis, folders, settings.symbols, backups.clock)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            stack.push_async_callback(database.dispose)
            stack.push_async_callback(redis.aclose)
            await stack.enter_async_context(gateway)
            await stack.enter_async_context(running({"refresh": refresh.run}))
            stack.push_async_callback(runner.stop)
            yield

    app = create_service(NAME, lifespan=lifespan, registry=registry)
    maintenance = Maintenance(
        backups, runner, stores[0], reporter, settings.health_reports_keep_days, backups.clock
    )
    app.include_router(maintenance_router(maintenance))
    app.state.readiness |= {"database": database_ready(database), "disk": disks_ready(folders)}
    return app


def _watched(settings: MaintenanceSettings) -> tuple[Path, ...]:
    return tuple(dict.fromkeys((settings.backups_dir, *settings.disk_folders)))
