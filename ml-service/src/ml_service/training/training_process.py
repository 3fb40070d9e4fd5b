"""The process that one training has to itself, so that no prediction waits for it."""

import asyncio
import sys
from contextlib import suppress
from typing import Final, Self
from uuid import UUID

STOP_SECONDS: Final = 3.0
"""How long it may take to end by itself once told to."""


class TrainingProcess:
    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    @classmethod
    async def start(cls, training_id: UUID) -> Self:
        """With our own settings; its logs go where ours go. Raises OSError."""
        return cls(
            await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "ml_service.training", "--id", str(training_id)),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.DEVNULL,
            )
        )

    async def ended(self) -> None:
        await self._process.wait()

    async def stop(self) -> None:
        """Let it end as cancelled; if that takes too long, end it."""
        with suppress(ProcessLookupError):
            self._process.terminate()
        try:
            await asyncio.wait_for(self._process.wait(), STOP_SECONDS)
        except TimeoutError:
            with suppress(ProcessLookupError):
                self._process.kill()
            await self._process.wait()
