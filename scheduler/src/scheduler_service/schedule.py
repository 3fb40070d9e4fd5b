"""The jobs on APScheduler, for as long as we lead; scheduled anew whenever the clock is set."""

import asyncio
from datetime import UTC, datetime
from typing import Final

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.util import undefined

from scheduler_service.close_trigger import CloseTrigger, to_datetime
from scheduler_service.jobs import Job
from scheduler_service.run_jobs import RunJobs
from service_kit.clock import Clock

CLOCK_SECONDS: Final = 0.2
"""How often it is looked whether the clock was started, paused or set."""


class Schedule:
    def __init__(self, runner: RunJobs, clock: Clock) -> None:
        self._runner = runner
        self._clock = clock
        self._scheduler: AsyncIOScheduler | None = None

    def next_due_ms(self, name: str) -> int | None:
        """Wall time of a job's next run; None while there is none."""
        job = self._scheduler.get_job(name) if self._scheduler else None
        due: datetime | None = job.next_run_time if job else None
        return None if due is None else round(due.timestamp() * 1000)

    async def run(self) -> None:
        """Keep the jobs running until it is cancelled."""
        # No run is dropped for being late, and of several that are late the last covers the others.
        defaults = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        self._scheduler = AsyncIOScheduler(timezone=UTC, job_defaults=defaults)
        self._scheduler.start()
        try:
            await self._follow_clock(self._scheduler)
        finally:
            self._scheduler.shutdown(wait=False)
            self._scheduler = None

    async def _follow_clock(self, scheduler: AsyncIOScheduler) -> None:
        known = None
        while True:
            state = self._clock.state
            if state != known:
                for job in self._runner.jobs.values():
                    if known is None or not job.period.by_the_wall:
                        self._put(scheduler, job)
                known = state
            await asyncio.sleep(CLOCK_SECONDS)

    def _put(self, scheduler: AsyncIOScheduler, job: Job, due: datetime | None = None) -> None:
        """Schedule a job, in place of what it was scheduled for; without `due`, by its trigger."""
        scheduler.add_job(
            self._run,
            CloseTrigger(self._clock, job.period),
            args=(scheduler, job),
            id=job.name,
            name=job.name,
            replace_existing=True,
            next_run_time=due or undefined,
        )

    async def _run(self, scheduler: AsyncIOScheduler, job: Job) -> None:
        record = await self._runner.run(job.name)
        if record.retry_ms is None:
            return
        retry_at = self._clock.wall_ms() + record.retry_ms
        next_due = self.next_due_ms(job.name)
        if next_due is None or retry_at < next_due:
            self._put(scheduler, job, due=to_datetime(retry_at))
