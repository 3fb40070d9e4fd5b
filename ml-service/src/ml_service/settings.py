"""What ml-service is told from outside."""

from service_kit.settings import DatabaseSettings, Port, ServiceSettings


class MlSettings(ServiceSettings, DatabaseSettings):
    port: Port = 8001
