"""`python -m maintenance_service.restore FILE [--into DATABASE]`; settings as the service's.

The services must be stopped. JSON lines on standard output. Exit code 0: restored; 1: nothing was
changed, one sentence on standard error says why; 2: a setting or an argument is wrong.
"""

import argparse
import sys
import time
from dataclasses import asdict
from functools import partial
from pathlib import Path

from maintenance_service.backup_files import newest_backup
from maintenance_service.databases_store import (
    MAINTENANCE_DATABASE,
    Databases,
    database_name,
    opened,
    url_of,
)
from maintenance_service.end_on_sigterm import ended_on_sigterm
from maintenance_service.feed_identity import feed_identity
from maintenance_service.postgres_tools import PostgresTools
from maintenance_service.program_progress import print_event, print_progress
from maintenance_service.restore_backup import RestoreBackup
from maintenance_service.settings import BackupSettings
from service_kit.logging import configure_logging
from service_kit.program import run_program


async def restore(asked: argparse.Namespace) -> int:
    settings = BackupSettings()
    configure_logging("restore", "warning", "auto")
    url = settings.database_url.get_secret_value()
    dump = Path(asked.file)
    if asked.file == "latest":
        dump = newest_backup(settings.backups_dir, settings.feed_kind)
    target = asked.into or database_name(url)
    async with opened(url_of(url, MAINTENANCE_DATABASE)) as maintenance:
        tools = PostgresTools(settings.pg_bin_dir, url)
        work = RestoreBackup(Databases(maintenance), url, tools, feed_identity(settings))
        restored = await work.restore(dump, target, round(time.time() * 1000), print_progress)
        print_event("restored", **asdict(restored))
        await work.drop_kept(target, but=None if asked.discard_old else restored.kept)
    return 0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m maintenance_service.restore")
    parser.add_argument("file", metavar="FILE", help="a dump, or `latest` of BACKUPS_DIR")
    parser.add_argument("--into", metavar="DATABASE", help="else the one of DATABASE_URL")
    parser.add_argument(
        "--discard-old", action="store_true", help="do not keep the database that is there"
    )
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(run_program(ended_on_sigterm(partial(restore, arguments()))))
