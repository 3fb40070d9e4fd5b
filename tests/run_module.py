"""A command of ours as a process of its own, until it ends."""

import asyncio
import os
import sys


async def run_module(database_url: str, module: str, *arguments: str) -> tuple[str, int]:
    """Its standard output and exit code."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", module, *arguments),
        env={**os.environ, "DATABASE_URL": database_url},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    output, errors = await process.communicate()
    assert b"Traceback" not in errors, errors.decode()
    return output.decode(), process.returncode or 0
