"""What signals-service is told from outside."""

from service_kit.settings import (
    DatabaseSettings,
    Port,
    RedisSettings,
    ServiceSettings,
    SiblingSettings,
)


class SignalsSettings(ServiceSettings, DatabaseSettings, RedisSettings, SiblingSettings):
    port: Port = 8104
