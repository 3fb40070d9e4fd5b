"""One scheduler of several schedules: whoever holds the lock, for as long as it holds it."""

import asyncio

from prometheus_client import Gauge

from scheduler_service.schedule import Schedule
from service_kit.advisory_lock import Leadership

ROLE = "scheduler"


async def lead(leadership: Leadership, schedule: Schedule, leader: Gauge) -> None:
    """For ever: wait to lead, schedule until the lead is lost, wait again.

    Should scheduling itself fail, so does this: a leader that schedules nothing must not go on.
    """
    while True:
        await leadership.acquire()
        leader.set(1)
        try:
            async with asyncio.TaskGroup() as tasks:
                scheduling = tasks.create_task(schedule.run())
                await leadership.lost()
                scheduling.cancel()
        finally:
            leader.set(0)
            await leadership.release()
