"""Ask around, write down what was found, and tell it in one line of the log."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from redis.asyncio import Redis

from maintenance_service.backups_store import BackupsStore
from maintenance_service.disks import look_at_disks
from maintenance_service.health_report import Found, HealthReport, report_of
from maintenance_service.health_store import HealthStore
from maintenance_service.platform_reports import ToldQuality, ToldStatus
from maintenance_service.server_figures import redis_figures
from service_kit.clock import Clock
from service_kit.errors import ServiceError
from service_kit.logging import get_logger
from service_kit.service_client import ServiceClient
from trading_core.symbol import Symbol
from trading_core.timeframe import DAY_MS

log = get_logger(__name__)

ANSWER_SECONDS: Final = 30.0
"""Where millions of candles are stored, counting their holes takes a while."""


class MakeHealthReport:
    def __init__(
        self,
        gateway: ServiceClient,
        stores: tuple[HealthStore, BackupsStore],
        redis: Redis,
        folders: Sequence[Path],
        symbols: Sequence[Symbol],
        clock: Clock,
    ) -> None:
        self._gateway = gateway
        self._health, self._backups = stores
        self._redis = redis
        self._folders = folders
        self._symbols = symbols
        self._clock = clock

    async def make(self) -> HealthReport:
        """Raises StoreUnavailableError; whoever else is away is a complaint."""
        report = report_of(await self._find())
        stored = report.model_dump(mode="json", by_alias=True)
        await self._health.save(report.made_at_ms, ok=report.ok, report=stored)
        tell = log.info if report.ok else log.warning
        tell("health_report", ok=report.ok, complaints=report.complaints)
        return report

    async def _find(self) -> Found:
        newest = next(iter(await self._backups.newest(1)), None)
        return Found(
            made_at_ms=self._clock.wall_ms(),
            status=await self._status(),
            qualities=await self._qualities(),
            signals=await self._health.signals_since(self._clock.now_ms() - DAY_MS),
            backup=await self._backups.newest_done(),
            backup_failure=newest and newest.error,
            disks=look_at_disks(self._folders),
            database=await self._health.figures(),
            redis=await redis_figures(self._redis),
        )

    async def _status(self) -> ToldStatus | None:
        try:
            return await self._gateway.get("/api/status", ToldStatus)
        except ServiceError as error:
            log.info("status_unavailable", error=error.message)
            return None

    async def _qualities(self) -> list[ToldQuality] | None:
        try:
            return [
                await self._gateway.get(
                    "/api/market/quality", ToldQuality, {"symbol": symbol.compact}
                )
                for symbol in self._symbols
            ]
        except ServiceError as error:
            log.info("quality_unavailable", error=error.message)
            return None
