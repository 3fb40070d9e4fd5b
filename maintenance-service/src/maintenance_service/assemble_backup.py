"""What makes backups, put together alike for the service and for the program."""

from dataclasses import dataclass
from pathlib import Path

from maintenance_service.backups_store import BackupsStore
from maintenance_service.feed_identity import feed_identity
from maintenance_service.make_backup import MakeBackup
from maintenance_service.postgres_tools import PostgresTools
from maintenance_service.prune_backups import prune_backups
from maintenance_service.settings import BackupSettings
from maintenance_service.verify_backup import VerifyBackup
from maintenance_service.write_backup import WriteBackup
from service_kit.clock import Clock
from service_kit.database import Database


@dataclass(frozen=True, slots=True)
class Backups:
    store: BackupsStore
    maker: MakeBackup
    folder: Path
    keep_days: float
    clock: Clock

    async def prune(self) -> int:
        """How many went. Raises BackupRunsError, StoreUnavailableError."""
        async with self.maker.turn():
            wall_ms = self.clock.wall_ms()
            return await prune_backups(self.store, self.folder, self.keep_days, wall_ms)


def assemble_backups(settings: BackupSettings, database: Database) -> Backups:
    """Raises BackupError, ClockFileError."""
    clock, store = Clock(settings.clock_file), BackupsStore(database)
    folder, url = settings.backups_dir.absolute(), settings.database_url.get_secret_value()
    tools = PostgresTools(settings.pg_bin_dir, url)
    verifier = VerifyBackup(url, tools, settings.backups_verify)
    writer = WriteBackup(database, tools, verifier, folder, feed_identity(settings))
    maker = MakeBackup(database, store, writer, folder, clock)
    return Backups(store, maker, folder, settings.backups_keep_days, clock)
