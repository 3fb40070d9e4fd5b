"""The programs that back up and restore, as an operator runs them, on a test's own database."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import asyncpg

from eth_cli.account import server_account
from eth_cli.server_binaries import postgres_programs
from maintenance_service.databases_store import opened
from maintenance_service.manifest import TableContent, read_manifest
from maintenance_service.table_contents_store import exported_snapshot

FILL = """
    INSERT INTO ohlcv_data
        (symbol, timeframe, timestamp, open, high, low, close, volume, origin, seen_at_ms)
    SELECT $1, '1m', 60000 * bar, 2 + random(), 4, 1, 3, random() * 100, 'live', 60000 * bar
    FROM generate_series($2::bigint, $3::bigint) AS bar
"""
SERVER_PROGRAMS = str(postgres_programs(server_account()))


@dataclass(frozen=True, slots=True)
class Ended:
    code: int
    lines: list[dict[str, Any]]
    errors: str

    @property
    def last(self) -> dict[str, Any]:
        return self.lines[-1]


@dataclass(frozen=True, slots=True)
class BackedUp:
    """`folder` is where its backups go."""

    database_url: str
    folder: Path
    settings: Mapping[str, str] = field(default_factory=dict)

    def environment(self, **settings: str) -> dict[str, str]:
        own = {
            "DATABASE_URL": self.database_url,
            "BACKUPS_DIR": str(self.folder),
            "PG_BIN_DIR": SERVER_PROGRAMS,
        }
        return {**os.environ, **own, **self.settings, **settings}

    def begin(self, program: str, *arguments: str, **settings: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", f"maintenance_service.{program}", *arguments],
            env=self.environment(**settings),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, program: str, *arguments: str, **settings: str) -> Ended:
        with self.begin(program, *arguments, **settings) as process:
            output, errors = process.communicate(timeout=300)
        return Ended(process.returncode, [json.loads(line) for line in output.splitlines()], errors)

    def back_up(self, **settings: str) -> Path:
        """Raises AssertionError with what was said where it failed."""
        done = self.run("back_up", **settings)
        assert done.code == 0, done.errors
        return Path(done.last["path"])

    def restore(self, dump: Path | str, *options: str, **settings: str) -> Ended:
        return self.run("restore", str(dump), *options, **settings)

    def execute(self, statement: str, *arguments: object) -> None:
        async def run() -> None:
            connection = await asyncpg.connect(plain(self.database_url))
            try:
                await connection.execute(statement, *arguments)
            finally:
                await connection.close()

        asyncio.run(run())

    def rows(self, statement: str) -> list[tuple[Any, ...]]:
        async def run() -> list[tuple[Any, ...]]:
            connection = await asyncpg.connect(plain(self.database_url))
            try:
                return [tuple(row) for row in await connection.fetch(statement)]
            finally:
                await connection.close()

        return asyncio.run(run())

    def fill(self, first: int, last: int, symbol: str = "ETHUSDT") -> None:
        self.execute(FILL, symbol, first, last)

    def contents(self) -> dict[str, TableContent]:
        return asyncio.run(table_contents(self.database_url))


async def table_contents(database_url: str) -> dict[str, TableContent]:
    async with opened(database_url) as database, exported_snapshot(database) as snapshot:
        return dict(await snapshot.contents(lambda _stage, _done, _total: None))


def manifest_contents(dump: Path) -> dict[str, TableContent]:
    return dict(read_manifest(dump).tables)


def plain(database_url: str) -> str:
    return database_url.replace("postgresql+asyncpg", "postgresql")
