"""Backups in the background of a service that goes on answering."""

import asyncio
from contextlib import AsyncExitStack

from maintenance_service.assemble_backup import Backups
from maintenance_service.maintenance_metrics import MaintenanceMetrics
from service_kit.background import cancel
from service_kit.errors import ServiceError
from service_kit.logging import get_logger
from trading_core.timeframe import HOUR_MS

log = get_logger(__name__)


class RunBackups:
    def __init__(self, backups: Backups, metrics: MaintenanceMetrics) -> None:
        self._backups = backups
        self._metrics = metrics
        self._task: asyncio.Task[None] | None = None

    async def is_due(self, older_than_hours: float) -> bool:
        """Whether the newest good backup is older, or there is none."""
        newest = await self._backups.store.newest_done()
        age_limit_ms = older_than_hours * HOUR_MS
        wall_ms = self._backups.clock.wall_ms()
        return newest is None or wall_ms - newest.started_at_ms >= age_limit_ms

    async def begin(self) -> None:
        """Return once it is our turn; the backup goes on by itself.

        Raises BackupRunsError, BackupError, StoreUnavailableError.
        """
        async with AsyncExitStack() as exits:
            await exits.enter_async_context(self._backups.maker.turn())
            self._task = asyncio.create_task(self._make(exits.pop_all()))

    async def stop(self) -> None:
        if self._task is not None:
            await cancel(self._task)

    async def _make(self, turn: AsyncExitStack) -> None:
        async with turn:
            try:
                await self._backups.maker.make(_tell)
            except ServiceError as error:
                self._metrics.backup_failures.inc()
                log.warning("backup_failed", error=error.message)


def _tell(stage: str, done: int, total: int) -> None:
    log.debug("backup_progress", stage=stage, done=done, total=total)
