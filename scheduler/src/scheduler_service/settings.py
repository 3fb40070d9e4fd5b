"""What the scheduler is told from outside."""

from typing import Annotated

from pydantic import AfterValidator, Field

from scheduler_service.jobs import NAMES
from service_kit.settings import (
    CommaSeparated,
    DatabaseSettings,
    Port,
    ServiceSettings,
    ServiceUrl,
    SiblingSettings,
)


def _refuse_unknown(names: tuple[str, ...]) -> tuple[str, ...]:
    if unknown := [name for name in names if name not in NAMES]:
        raise ValueError(f"there is no job {unknown[0][:40]!r}, but {', '.join(NAMES)}")
    return names


class SchedulerSettings(ServiceSettings, DatabaseSettings, SiblingSettings):
    port: Port = 8105
    gateway_service_url: ServiceUrl = "http://127.0.0.1:3001"
    maintenance_service_url: ServiceUrl = "http://127.0.0.1:8106"
    disabled_jobs: Annotated[CommaSeparated, AfterValidator(_refuse_unknown)] = ()
    """Jobs that something else sees to, or nobody."""
    database_pool_size: int = Field(default=2, ge=1, le=100)
