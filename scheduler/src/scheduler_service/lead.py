"""One scheduler of several schedules: whoever holds the lock, for as long as it holds it."""

import asyncio
from contextlib import suppress

from prometheus_client import Gauge

from scheduler_service.schedule import Schedule
from service_kit.advisory_lock import Leadership

ROLE = "scheduler"


async def lead(leadership: Leadership, schedule: Schedule, leader: Gauge) -> None:
    """For ever: wait to lead, schedule until the lead is lost, wait again."""
    while True:
        await leadership.acquire()
        leader.set(1)
        scheduling = asyncio.create_task(schedule.run())
        try:
            await leadership.lost()
        finally:
            leader.set(0)
            scheduling.cancel()
            with suppress(asyncio.CancelledError):
                await scheduling
            await leadership.release()
