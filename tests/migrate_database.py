"""Alembic on a database, as an operator would run it."""

import os
import subprocess
import sys
from pathlib import Path

INI = Path(__file__).parent.parent / "migrations/alembic.ini"


def migrate_database(url: str, *arguments: str) -> None:
    """`migrate_database(url, "upgrade", "head")`. Raises CalledProcessError."""
    command = [sys.executable, "-m", "alembic", "-c", str(INI)]
    subprocess.run([*command, *arguments], env={**os.environ, "DATABASE_URL": url}, check=True)
