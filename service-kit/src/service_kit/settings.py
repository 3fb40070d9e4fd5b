"""What every service is told from outside: environment variables and 0600 secret files."""

import os
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, SecretStr, model_validator
from pydantic.fields import FieldInfo
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SecretsSettingsSource,
    SettingsConfigDict,
)

from trading_core.symbol import Symbol

LOOPBACK_HOSTS = frozenset({"127.0.0.1", "::1", "localhost"})


def split_commas(value: object) -> object:
    """`"a, b"` as it stands in an environment variable → `["a", "b"]`."""
    if isinstance(value, str):
        return [part.strip() for part in value.split(",") if part.strip()]
    return value


def _parse_symbols(value: object) -> object:
    parts = split_commas(value)
    if isinstance(parts, list | tuple):
        return tuple(p if isinstance(p, Symbol) else Symbol.parse(str(p)) for p in parts)
    return parts


Port = Annotated[int, Field(ge=1, le=65535)]
ServiceUrl = Annotated[str, Field(pattern=r"^https?://[^\s/]+/?$")]
Symbols = Annotated[tuple[Symbol, ...], NoDecode, BeforeValidator(_parse_symbols)]
CommaSeparated = Annotated[tuple[str, ...], NoDecode, BeforeValidator(split_commas)]


class SecretFiles(SecretsSettingsSource):
    """An empty file is a setting that is not made, as an empty variable is."""

    def get_field_value(
        self, field: FieldInfo, field_name: str
    ) -> tuple[Any, str, bool]:  # Any: whatever the setting is
        value, key, is_complex = super().get_field_value(field, field_name)
        return value or None, key, is_complex


class EnvironmentSettings(BaseSettings):
    """Reads the environment first, then the files of `SECRETS_DIR`, then the defaults."""

    model_config = SettingsConfigDict(extra="ignore", frozen=True, env_ignore_empty=True)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        del dotenv_settings, file_secret_settings
        folder = os.environ.get("SECRETS_DIR")
        if not folder:
            return init_settings, env_settings
        return init_settings, env_settings, SecretFiles(settings_cls, folder)


class DatabaseSettings(EnvironmentSettings):
    database_url: SecretStr
    database_pool_size: int = Field(default=5, ge=1, le=100)


class RedisSettings(EnvironmentSettings):
    redis_url: SecretStr


class FeedSettings(EnvironmentSettings):
    """Which market is watched, and the name of its source as people see it."""

    feed_kind: Literal["live", "replay", "simulated"] = "live"
    feed_source: str = "binance"


class SiblingSettings(EnvironmentSettings):
    """Where the other services are found."""

    market_service_url: ServiceUrl = "http://127.0.0.1:8101"
    analysis_service_url: ServiceUrl = "http://127.0.0.1:8102"
    patterns_service_url: ServiceUrl = "http://127.0.0.1:8103"
    signals_service_url: ServiceUrl = "http://127.0.0.1:8104"
    ml_service_url: ServiceUrl = "http://127.0.0.1:8001"


class ServiceSettings(EnvironmentSettings):
    """Where a service listens, how it logs, and the clock it lives by."""

    host: str = "127.0.0.1"
    port: Port
    symbols: Symbols = (Symbol("ETH", "USDT"),)
    clock_file: Path | None = None
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    log_format: Literal["auto", "console", "json"] = "auto"
    admin_token: SecretStr | None = None

    @model_validator(mode="after")
    def _refuse_open_doors(self) -> Self:
        if self.host not in LOOPBACK_HOSTS and not self.admin_token:
            raise ValueError(f"listening on {self.host} needs ADMIN_TOKEN to be set")
        if not self.symbols:
            raise ValueError("SYMBOLS names no market")
        return self


def setting_errors(errors: list[Any]) -> str:  # Any: pydantic's ErrorDetails
    """One line a wrong setting, for a person at a terminal."""
    lines = (f"{'.'.join(map(str, e['loc'])).upper() or 'settings'}: {e['msg']}" for e in errors)
    return "; ".join(lines)
