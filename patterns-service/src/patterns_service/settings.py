"""What patterns-service is told from outside."""

from service_kit.settings import DatabaseSettings, Port, RedisSettings, ServiceSettings


class PatternsSettings(ServiceSettings, DatabaseSettings, RedisSettings):
    port: Port = 8103
