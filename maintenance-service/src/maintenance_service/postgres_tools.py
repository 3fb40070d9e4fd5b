"""PostgreSQL's own programs: found, checked, and run without a password among their arguments."""

import asyncio
import os
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Final
from urllib.parse import parse_qs, unquote, urlsplit

from maintenance_service.backup_errors import BackupError

_VERSION: Final = re.compile(r"\(PostgreSQL\) (\d+)")
_SAID_CHARACTERS: Final = 300


class PostgresTools:
    """For the server that a database's URL names."""

    def __init__(self, folder: Path | None, database_url: str) -> None:
        self._folder = folder
        self._environment = libpq_environment(database_url)

    async def check(self, server_version: int) -> None:
        """Raises BackupError where a program is missing, or older than the server."""
        for program in ("pg_dump", "pg_restore"):
            said = await self.run(program, "--version")
            found = _VERSION.search(said)
            if found is None or int(found[1]) < server_version:
                raise BackupError(
                    f"{program} is {said.strip()[:80]!r}, older than the server, which is "
                    f"{server_version}: set PG_BIN_DIR to the folder of newer programs"
                )

    async def run(self, program: str, *arguments: str) -> str:
        """Its output. Cancelled, it is ended. Raises BackupError with what it said last."""
        process = await asyncio.create_subprocess_exec(
            self._path(program),
            *arguments,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env={**os.environ, **self._environment},
        )
        try:
            output, errors = await process.communicate()
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        if process.returncode != 0:
            raise BackupError(f"{program} failed: {_last_words(errors, process.returncode)}")
        return output.decode(errors="replace")

    def _path(self, program: str) -> str:
        place = str(self._folder) if self._folder else None
        found = shutil.which(program, path=place)
        if found is None:
            where = f"in PG_BIN_DIR, {place}" if place else "on the PATH; set PG_BIN_DIR"
            raise BackupError(f"no program {program} was found {where}")
        return found


def libpq_environment(database_url: str) -> Mapping[str, str]:
    """`postgresql+asyncpg://user:password@host:port/name` as PostgreSQL's programs take it."""
    url = urlsplit(database_url)
    given = {
        "PGHOST": url.hostname,
        "PGPORT": str(url.port) if url.port else None,
        "PGUSER": unquote(url.username) if url.username else None,
        "PGPASSWORD": unquote(url.password) if url.password else None,
        "PGDATABASE": unquote(url.path.lstrip("/")) or None,
        "PGSSLMODE": next(iter(parse_qs(url.query).get("ssl", [])), None),
    }
    return {name: value for name, value in given.items() if value} | {"PGTZ": "UTC"}


def _last_words(errors: bytes, code: int | None) -> str:
    said = " ".join(errors.decode(errors="replace").split())
    return said[-_SAID_CHARACTERS:] or f"it ended with {code}"
