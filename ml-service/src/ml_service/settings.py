"""What ml-service is told from outside."""

from service_kit.settings import DatabaseSettings, Port, RedisSettings, ServiceSettings


class MlSettings(ServiceSettings, DatabaseSettings, RedisSettings):
    port: Port = 8001
