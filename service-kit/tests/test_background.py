import asyncio

from service_kit.background import cancel, running


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
