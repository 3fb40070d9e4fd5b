"""A program that is asked to end takes away what it began."""

import asyncio
import signal
from collections.abc import Awaitable, Callable

from service_kit.program import FAILED, refuse

Work = Callable[[], Awaitable[int]]


def ended_on_sigterm(work: Work) -> Work:
    """The same work; SIGTERM cancels it, and is a failure."""

    async def run() -> int:
        task = asyncio.ensure_future(work())
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
        try:
            return await task
        except asyncio.CancelledError:
            return refuse("it was stopped before its end", FAILED)

    return run
