"""What a pod waits for before its service starts, run as the manifest says, on real databases."""

import asyncio
import os
import sys
from pathlib import Path

import asyncpg
import pytest

from manifests import KUBECTL, ROOT, overlay_manifests

pytestmark = [
    pytest.mark.integration,
    pytest.mark.skipif(KUBECTL is None, reason="kubectl is not installed"),
]

PATIENCE_SECONDS = 60
IN_THE_IMAGE = "/migrations/alembic.ini"


def script() -> str:
    (waits,) = overlay_manifests("production").workload("api-gateway").spec["initContainers"]
    assert waits["command"] == ["sh", "-c"]
    (text,) = waits["args"]
    assert IN_THE_IMAGE in text
    return str(text).replace(IN_THE_IMAGE, str(ROOT / "migrations/alembic.ini"))


async def waiting(database_url: str) -> asyncio.subprocess.Process:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "DATABASE_URL": database_url}
    return await asyncio.create_subprocess_exec(
        "sh", "-c", script(), env=environment, stdout=asyncio.subprocess.PIPE
    )


async def ended(process: asyncio.subprocess.Process) -> int:
    """Its exit code. Raises TimeoutError for one that goes on, and ends it."""
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            await process.communicate()
    except TimeoutError:
        process.kill()
        raise
    assert process.returncode is not None
    return process.returncode


async def test_a_service_starts_at_once_where_the_schema_is_its_own(database_url: str) -> None:
    assert await ended(await waiting(database_url)) == 0


async def test_a_service_waits_until_somebody_has_migrated(postgres_url: str) -> None:
    process = await waiting(postgres_url)
    assert process.stdout is not None
    assert b"head revisions" in await process.stdout.readline()
    migrating = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "alembic", "-c", str(ROOT / "migrations/alembic.ini"),
        "upgrade", "head", env={**os.environ, "DATABASE_URL": postgres_url},
    )  # fmt: skip
    assert await ended(migrating) == 0
    assert await ended(process) == 0


async def test_a_service_of_an_older_version_starts_on_a_newer_schema(database_url: str) -> None:
    """As after a rollback: its migrations do not know the revision that the database has."""
    connection = await asyncpg.connect(database_url.replace("+asyncpg", ""))
    await connection.execute("UPDATE alembic_version SET version_num = 'of-tomorrow'")
    await connection.close()
    assert await ended(await waiting(database_url)) == 0
