"""What analysis-service is told from outside."""

from service_kit.settings import DatabaseSettings, Port, RedisSettings, ServiceSettings


class AnalysisSettings(ServiceSettings, DatabaseSettings, RedisSettings):
    port: Port = 8102
