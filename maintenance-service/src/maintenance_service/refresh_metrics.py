"""Look at the servers and disks now and then, so that a scrape only reads what is known."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from redis.asyncio import Redis

from maintenance_service.backups_store import BackupsStore
from maintenance_service.disks import look_at_disks
from maintenance_service.health_store import HealthStore
from maintenance_service.maintenance_metrics import MaintenanceMetrics
from maintenance_service.server_figures import redis_figures
from service_kit.errors import StoreUnavailableError
from service_kit.logging import get_logger

log = get_logger(__name__)

REFRESH_SECONDS: Final = 15.0


class RefreshMetrics:
    def __init__(
        self,
        metrics: MaintenanceMetrics,
        stores: tuple[HealthStore, BackupsStore],
        redis: Redis,
        folders: Sequence[Path],
    ) -> None:
        self._metrics = metrics
        self._health, self._backups = stores
        self._redis = redis
        self._folders = folders

    async def run(self) -> None:
        while True:
            await self.once()
            await asyncio.sleep(REFRESH_SECONDS)

    async def once(self) -> None:
        """What is away keeps the figures that it had."""
        self._metrics.show_disks(look_at_disks(self._folders))
        if figures := await redis_figures(self._redis):
            self._metrics.show_redis(figures)
        try:
            self._metrics.show_database(await self._health.figures())
            self._metrics.show_backup(await self._backups.newest_done())
        except StoreUnavailableError as error:
            log.debug("database_figures_unavailable", error=error.message)
