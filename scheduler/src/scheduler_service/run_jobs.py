"""Run a job, keep its record where every replica finds it, count what was missed."""

import asyncio
import time
from collections.abc import Iterable, Mapping
from typing import Final, Protocol

from scheduler_service.job_record import JobRecord, JobRun
from scheduler_service.jobs import Job, Siblings
from scheduler_service.period import Period
from scheduler_service.scheduler_metrics import OUTCOMES, SchedulerMetrics
from service_kit.clock import Clock
from service_kit.errors import ServiceError, StoreUnavailableError
from service_kit.logging import get_logger

log = get_logger(__name__)


LOOK_SECONDS: Final = 1.0
"""How old what is told of another replica's runs may be."""


class Ledger(Protocol):
    """Of all replicas. Both raise StoreUnavailableError."""

    async def read(self) -> Mapping[str, JobRecord]: ...

    async def add(self, name: str, run: JobRun, period: Period) -> tuple[JobRecord, JobRecord]:
        """The record before the run and with it."""


class RunJobs:
    def __init__(
        self,
        jobs: Iterable[Job],
        siblings: Siblings,
        clock: Clock,
        metrics: SchedulerMetrics,
        ledger: Ledger,
    ) -> None:
        self.jobs = {job.name: job for job in jobs}
        self._siblings = siblings
        self._clock = clock
        self._metrics = metrics
        self._ledger = ledger
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
            run = await self._timed(job)
            before, after = await self._keep(job, run)
            self._show(name, after)
            self._count(job, run, after.misfires - before.misfires)
            _tell(name, before, after)
            return after

    async def follow(self) -> None:
        """For ever: take over what became of the runs of other replicas."""
        while True:
            try:
                await self.look()
            except StoreUnavailableError as error:
                log.debug("runs_not_read", reason=error.message)
            await asyncio.sleep(LOOK_SECONDS)

    async def look(self) -> None:
        """Raises StoreUnavailableError."""
        for name, record in (await self._ledger.read()).items():
            # A run of ours may have ended since the table was read.
            if name in self.jobs and record.runs > self._records[name].runs:
                self._show(name, record)

    async def _keep(self, job: Job, run: JobRun) -> tuple[JobRecord, JobRecord]:
        """The record before the run and with it; without the database, of this process alone."""
        try:
            return await self._ledger.add(job.name, run, job.period)
        except StoreUnavailableError as error:
            log.warning("run_not_recorded", job=job.name, reason=error.message)
            before = self._records[job.name]
            return before, before.after(run, job.period)

    def _show(self, name: str, record: JobRecord) -> None:
        self._records[name] = record
        if record.last_success_ms is not None:
            self._metrics.last_success.labels(name).set(record.last_success_ms / 1000)

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
        if missed:
            self._metrics.misfires.labels(job.name).inc(missed)
            log.warning("runs_missed", job=job.name, count=missed)


def _tell(name: str, before: JobRecord, after: JobRecord) -> None:
    """Log the first failure of a row of them, and its end."""
    if after.consecutive_failures == 1 and after.last is not None:
        log.warning("job_failed", job=name, error=after.last.error)
    elif before.consecutive_failures and not after.consecutive_failures:
        log.info("job_recovered", job=name, failures=before.consecutive_failures)
