"""`python -m maintenance_service.back_up`: one backup now; settings as the service's.

JSON lines on standard output. Exit code 0: made, and verified as BACKUPS_VERIFY asks; 1: not made,
one sentence on standard error says why; 2: a setting is wrong.
"""

import sys
from dataclasses import asdict

from maintenance_service.assemble_backup import assemble_backups
from maintenance_service.end_on_sigterm import ended_on_sigterm
from maintenance_service.program_progress import print_event, print_progress
from maintenance_service.settings import BackupSettings
from service_kit.database import create_database
from service_kit.logging import configure_logging
from service_kit.program import run_program


async def back_up() -> int:
    settings = BackupSettings()
    configure_logging("back-up", "warning", "auto")
    database = create_database(settings)
    try:
        backups = assemble_backups(settings, database)
        async with backups.maker.turn():
            row = await backups.maker.make(print_progress)
    finally:
        await database.dispose()
    print_event("made", **asdict(row))
    return 0


if __name__ == "__main__":
    sys.exit(run_program(ended_on_sigterm(back_up)))
