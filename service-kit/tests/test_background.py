import asyncio
from contextlib import suppress

import pytest

from service_kit.background import cancel, running


@pytest.fixture(autouse=True)
def _soon_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service_kit.background.CANCEL_AGAIN_SECONDS", 0.01)


async def test_a_task_that_loses_one_cancellation_still_ends() -> None:
    lost = asyncio.Event()

    async def careless() -> None:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            lost.set()
        await asyncio.Event().wait()

    task = asyncio.create_task(careless())
    await asyncio.sleep(0)
    await asyncio.wait_for(cancel(task), 10)
    assert lost.is_set()
    assert task.cancelled()


async def test_nested_work_ends_although_both_lose_cancellations() -> None:
    left: list[asyncio.Task[None]] = []

    async def careless() -> None:
        left.append(current())
        for _ in range(3):
            with suppress(asyncio.CancelledError):
                await asyncio.Event().wait()

    async def outer() -> None:
        async with running({"inner": careless}):
            await asyncio.Event().wait()

    def current() -> asyncio.Task[None]:
        task = asyncio.current_task()
        assert task is not None
        return task

    task = asyncio.create_task(outer())
    while not left:  # noqa: ASYNC110 - it starts within a few turns of the loop
        await asyncio.sleep(0)
    await cancel(task)
    assert left[0].done()


async def test_work_ends_with_the_block() -> None:
    started, ended = asyncio.Event(), asyncio.Event()

    async def work() -> None:
        started.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    async with running({"work": work}):
        await started.wait()
    assert ended.is_set()
