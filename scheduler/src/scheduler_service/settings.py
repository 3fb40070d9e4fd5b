"""What the scheduler is told from outside."""

from pydantic import Field

from service_kit.settings import DatabaseSettings, Port, ServiceSettings, SiblingSettings


class SchedulerSettings(ServiceSettings, DatabaseSettings, SiblingSettings):
    port: Port = 8105
    database_pool_size: int = Field(default=2, ge=1, le=100)
