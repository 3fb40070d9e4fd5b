"""What the scheduler is told from outside."""

from pydantic import Field

from service_kit.settings import DatabaseSettings, Port, ServiceSettings


class SchedulerSettings(ServiceSettings, DatabaseSettings):
    port: Port = 8105
    market_service_url: str = Field(
        default="http://127.0.0.1:8101", pattern=r"^https?://[^\s/]+/?$"
    )
    database_pool_size: int = Field(default=2, ge=1, le=100)
