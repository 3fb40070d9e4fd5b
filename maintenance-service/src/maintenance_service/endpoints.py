"""The routes: parse, call one function, answer.

For operators and the scheduler; the gateway passes none of them on.
"""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated, Final

from fastapi import APIRouter, Query, Response

from maintenance_service.assemble_backup import Backups
from maintenance_service.health_report import HealthReport
from maintenance_service.health_store import HealthStore
from maintenance_service.make_health_report import MakeHealthReport
from maintenance_service.run_backups import RunBackups
from maintenance_service.schemas import BackupAnswer, BackupBegun, CleanedUp, backup_answer
from service_kit.clock import Clock
from service_kit.envelope import Envelope, error_responses, success
from service_kit.errors import NotFoundError
from trading_core.timeframe import DAY_MS

ERRORS: Final = error_responses(400, 404, 409, 500, 503)
ACCEPTED: Final = HTTPStatus.ACCEPTED

OlderThan = Annotated[
    float, Query(ge=0, le=8_760, description="begin only where the newest good one is older")
]
Limit = Annotated[int, Query(ge=1, le=1_000)]


@dataclass(frozen=True, slots=True)
class Maintenance:
    """What the routes answer from."""

    backups: Backups
    runner: RunBackups
    health: HealthStore
    reporter: MakeHealthReport
    reports_keep_days: float
    clock: Clock

    async def clean_up(self) -> CleanedUp:
        before_ms = round(self.clock.wall_ms() - self.reports_keep_days * DAY_MS)
        pruned = await self.backups.prune()
        return CleanedUp(backups=pruned, health_reports=await self.health.forget_before(before_ms))


def maintenance_router(maintenance: Maintenance) -> APIRouter:
    router = APIRouter(responses=ERRORS)

    @router.post("/backups", status_code=ACCEPTED, response_model=Envelope[BackupBegun])
    async def back_up(older_than_hours: OlderThan = 0) -> Response:
        """Begin a backup: 202 where one has begun, 409 while one is being made."""
        if not await maintenance.runner.is_due(older_than_hours):
            return success(BackupBegun(begun=False))
        await maintenance.runner.begin()
        answer = success(BackupBegun(begun=True))
        answer.status_code = ACCEPTED
        return answer

    @router.get("/backups", response_model=Envelope[list[BackupAnswer]])
    async def backups(limit: Limit = 100) -> Response:
        """Newest first."""
        rows = [backup_answer(row) for row in await maintenance.backups.store.newest(limit)]
        return success([row.model_dump(mode="json", by_alias=True) for row in rows])

    @router.post("/clean-up", response_model=Envelope[CleanedUp])
    async def clean_up() -> Response:
        """Delete our backups and reports that are kept no longer; 409 while one is being made."""
        return success(await maintenance.clean_up())

    @router.post("/health-reports", response_model=Envelope[HealthReport])
    async def make_report() -> Response:
        return success(await maintenance.reporter.make())

    @router.get("/health-reports/latest", response_model=Envelope[HealthReport])
    async def latest_report() -> Response:
        report = await maintenance.health.newest()
        if report is None:
            raise NotFoundError("no health report has been made yet")
        return success(report)

    return router
