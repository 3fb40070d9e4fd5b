"""Where things are in the repository that this package is installed from."""

from __future__ import annotations

from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[3]
FRONTEND = REPOSITORY / "frontend"
BUILD = REPOSITORY / ".build"
TOOLS = REPOSITORY / ".tools"
MIGRATIONS = REPOSITORY / "migrations" / "alembic.ini"
DATA = REPOSITORY / ".data"
