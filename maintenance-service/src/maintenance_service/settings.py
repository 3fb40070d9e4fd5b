"""What maintenance-service and its programs are told from outside."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field
from pydantic_settings import NoDecode

from service_kit.settings import (
    DatabaseSettings,
    FeedSettings,
    Port,
    RedisSettings,
    ServiceSettings,
    ServiceUrl,
    Symbols,
    split_commas,
)
from trading_core.symbol import Symbol

Verify = Literal["contents", "listing", "none"]
Folders = Annotated[tuple[Path, ...], NoDecode, BeforeValidator(split_commas)]


class ToolSettings(DatabaseSettings):
    """Which database, and where PostgreSQL's own programs are."""

    pg_bin_dir: Path | None = None
    """Folder of `pg_dump` and `pg_restore`; else they are looked for on the PATH."""


class BackupSettings(ToolSettings, FeedSettings):
    """What a backup is made of and where it goes."""

    symbols: Symbols = (Symbol("ETH", "USDT"),)
    clock_file: Path | None = None
    feed_file: Path | None = None
    """What a local stack keeps of its feed: goes into the manifest whole."""
    backups_dir: Path = Path("/backups")
    backups_keep_days: float = Field(default=14, gt=0)
    backups_verify: Verify = "contents"
    """`contents`: restored elsewhere and compared; `listing`: its list of tables is read."""


class MaintenanceSettings(ServiceSettings, BackupSettings, RedisSettings):
    port: Port = 8106
    gateway_service_url: ServiceUrl = "http://127.0.0.1:3001"
    disk_folders: Folders = ()
    """Whose disks are watched besides that of the backups."""
    health_reports_keep_days: float = Field(default=90, gt=0)
