"""Run a job, keep its record, count what was missed."""

import asyncio
import time
from collections.abc import Iterable

from scheduler_service.job_record import JobRecord, JobRun
from scheduler_service.jobs import Job, Siblings
from scheduler_service.scheduler_metrics import OUTCOMES, SchedulerMetrics
from service_kit.clock import Clock
from service_kit.errors import ServiceError
from service_kit.logging import get_logger

log = get_logger(__name__)


class RunJobs:
    def __init__(
        self, jobs: Iterable[Job], siblings: Siblings, clock: Clock, metrics: SchedulerMetrics
    ) -> None:
        self.jobs = {job.name: job for job in jobs}
        self._siblings = siblings
        self._clock = clock
        self._metrics = metrics
        self._records = {name: JobRecord() for name in self.jobs}
        self._turns = {name: asyncio.Lock() for name in self.jobs}
        for name in self.jobs:
            metrics.watch(name)

    def record(self, name: str) -> JobRecord:
        return self._records[name]

    def is_running(self, name: str) -> bool:
        return self._turns[name].locked()

    async def run(self, name: str) -> JobRecord:
        """Run a job now, after the run of it that may be going on; failing is a result, too."""
        async with self._turns[name]:
            job = self.jobs[name]
            before = self._records[name]
            run = await self._timed(job)
            after = self._records[name] = before.after(run, job.period)
            self._count(job, run, after.misfires - before.misfires)
            _tell(name, before, after)
            return after

    async def _timed(self, job: Job) -> JobRun:
        event_ms, wall_ms, started = self._clock.now_ms(), self._clock.wall_ms(), time.monotonic()
        result, error = None, None
        try:
            result = await job.action(self._siblings)
        except ServiceError as failure:
            error = failure.message
        duration_ms = round((time.monotonic() - started) * 1000)
        return JobRun(event_ms, wall_ms, duration_ms, result, error)

    def _count(self, job: Job, run: JobRun, missed: int) -> None:
        self._metrics.runs.labels(job.name, OUTCOMES[run.error is None]).inc()
        self._metrics.seconds.labels(job.name).observe(run.duration_ms / 1000)
        if run.error is None:
            self._metrics.last_success.labels(job.name).set(self._clock.wall_ms() / 1000)
        if missed:
            self._metrics.misfires.labels(job.name).inc(missed)
            log.warning("runs_missed", job=job.name, count=missed)


def _tell(name: str, before: JobRecord, after: JobRecord) -> None:
    """Log the first failure of a row of them, and its end."""
    if after.consecutive_failures == 1 and after.last is not None:
        log.warning("job_failed", job=name, error=after.last.error)
    elif before.consecutive_failures and not after.consecutive_failures:
        log.info("job_recovered", job=name, failures=before.consecutive_failures)
