"""What the scheduler is told from outside."""

from pydantic import Field

from service_kit.settings import (
    DatabaseSettings,
    Port,
    ServiceSettings,
    ServiceUrl,
    SiblingSettings,
)


class SchedulerSettings(ServiceSettings, DatabaseSettings, SiblingSettings):
    port: Port = 8105
    gateway_service_url: ServiceUrl = "http://127.0.0.1:3001"
    database_pool_size: int = Field(default=2, ge=1, le=100)
