import asyncio
import os
import signal

import pytest

from maintenance_service.end_on_sigterm import ended_on_sigterm


async def test_a_program_that_is_asked_to_end_clears_up_and_fails(
    capsys: pytest.CaptureFixture[str],
) -> None:
    cleared = asyncio.Event()

    async def work() -> int:
        asyncio.get_running_loop().call_soon(os.kill, os.getpid(), signal.SIGTERM)
        try:
            await asyncio.Event().wait()
        finally:
            cleared.set()
        return 0

    assert await ended_on_sigterm(work)() == 1
    assert cleared.is_set()
    assert capsys.readouterr().err == "it was stopped before its end\n"


async def test_work_that_ends_by_itself_has_its_own_code() -> None:
    async def work() -> int:
        return 2

    assert await ended_on_sigterm(work)() == 2
