"""Bring the database's schema up to date."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping

from eth_cli.data_folder import DataFolder
from eth_cli.repository import MIGRATIONS, REPOSITORY
from eth_cli.stack_errors import PartFailedError


def migrate(folder: DataFolder, environment: Mapping[str, str]) -> None:
    """Raises PartFailedError, which names the log."""
    log_path = folder.log_of("migrations")
    with log_path.open("ab") as log:
        result = subprocess.run(
            [sys.executable, "-m", "alembic", "-c", str(MIGRATIONS), "upgrade", "head"],
            cwd=REPOSITORY,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            check=False,
        )
    if result.returncode != 0:
        raise PartFailedError(
            f"The database's schema could not be brought up to date; see {log_path}."
        )
