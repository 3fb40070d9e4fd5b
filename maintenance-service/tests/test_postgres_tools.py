from pathlib import Path

import pytest

from maintenance_service.backup_errors import BackupError
from maintenance_service.postgres_tools import PostgresTools, libpq_environment

URL = "postgresql+asyncpg://eth:p%40ss%2Fword@db.example:5433/eth_trading?ssl=require"


def program(folder: Path, script: str) -> None:
    path = folder / "pg_dump"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def test_the_url_is_told_in_the_environment_and_the_password_decoded() -> None:
    assert libpq_environment(URL) == {
        "PGHOST": "db.example",
        "PGPORT": "5433",
        "PGUSER": "eth",
        "PGPASSWORD": "p@ss/word",
        "PGDATABASE": "eth_trading",
        "PGSSLMODE": "require",
        "PGTZ": "UTC",
    }


async def test_no_password_is_among_the_arguments(tmp_path: Path) -> None:
    program(tmp_path, 'echo "$@ $PGPASSWORD"')
    said = await PostgresTools(tmp_path, URL).run("pg_dump", "--format=custom")
    assert said == "--format=custom p@ss/word\n"


async def test_a_program_that_fails_is_told_in_its_own_words(tmp_path: Path) -> None:
    program(tmp_path, "echo 'pg_dump: error: no space' >&2; exit 3")
    with pytest.raises(BackupError, match="pg_dump failed: pg_dump: error: no space"):
        await PostgresTools(tmp_path, URL).run("pg_dump")


async def test_a_program_that_is_missing_is_named_with_the_setting(tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="no program pg_dump was found in PG_BIN_DIR"):
        await PostgresTools(tmp_path, URL).run("pg_dump")


async def test_programs_older_than_the_server_are_refused(tmp_path: Path) -> None:
    program(tmp_path, "echo 'pg_dump (PostgreSQL) 15.9 (Debian 15.9-1)'")
    with pytest.raises(BackupError, match="older than the server, which is 18"):
        await PostgresTools(tmp_path, URL).check(18)
