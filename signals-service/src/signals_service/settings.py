"""What signals-service is told from outside."""

from typing import Annotated

from pydantic import Field

from service_kit.settings import (
    DatabaseSettings,
    FeedSettings,
    Port,
    RedisSettings,
    ServiceSettings,
    SiblingSettings,
)


class SignalsSettings(
    ServiceSettings, DatabaseSettings, RedisSettings, FeedSettings, SiblingSettings
):
    port: Port = 8104
    database_pool_size: Annotated[int, Field(ge=1, le=100)] = 10
    skip_after_seconds: Annotated[
        float, Field(gt=0, description="wall time that a candle waits for a required input")
    ] = 900.0
    optional_source_seconds: Annotated[
        float, Field(gt=0, description="wall time that patterns, volume and the model have")
    ] = 2.0
