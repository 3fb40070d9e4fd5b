"""Work that goes on for as long as the service does."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager
from typing import Any, Final

from service_kit.logging import get_logger

log = get_logger(__name__)

RESTART_SECONDS: Final = 1.0
CANCEL_AGAIN_SECONDS: Final = 0.5

Work = Callable[[], Coroutine[Any, Any, None]]  # Any: what a coroutine sends and takes


@asynccontextmanager
async def running(works: Mapping[str, Work]) -> AsyncIterator[None]:
    """All of them run inside the block; what crashes is logged and started again."""
    tasks = [asyncio.create_task(_keep_running(name, work)) for name, work in works.items()]
    try:
        yield
    finally:
        await cancel(*tasks)


async def run_together(works: Mapping[str, Work]) -> None:
    """The same until cancelled."""
    async with running(works):
        await asyncio.Event().wait()


async def cancel(*tasks: asyncio.Task[Any]) -> None:  # Any: what a task returns is dropped
    """Return when all have ended, however; cancelled itself, it sees that through first.

    A cancellation can get lost on its way: what a task waited for came at the same moment, or a
    library took it for an error of its own. So it is repeated.
    """
    pending, interrupted = {task for task in tasks if not task.done()}, False
    while pending:
        for task in pending:
            task.cancel()
        try:
            await asyncio.wait(pending, timeout=CANCEL_AGAIN_SECONDS)
        except asyncio.CancelledError:
            interrupted = True
        pending = {task for task in pending if not task.done()}
    if interrupted:
        raise asyncio.CancelledError


async def _keep_running(name: str, work: Work) -> None:
    while True:
        try:
            await work()
        except Exception:
            log.exception("background_work_crashed", work=name)
        await asyncio.sleep(RESTART_SECONDS)
