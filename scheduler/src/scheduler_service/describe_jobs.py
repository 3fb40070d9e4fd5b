"""A job's record and next run, as `/jobs` shows them."""

from scheduler_service.close_trigger import delay_ms, period_clock
from scheduler_service.job_record import JobRun
from scheduler_service.jobs import Job
from scheduler_service.run_jobs import RunJobs
from scheduler_service.schedule import Schedule
from scheduler_service.schemas import JobList, JobStatus, LastRun, Leader, Moment
from service_kit.clock import Clock


class DescribeJobs:
    def __init__(self, runner: RunJobs, schedule: Schedule, clock: Clock) -> None:
        self._runner = runner
        self._schedule = schedule
        self._clock = clock

    def all(self, *, leads: bool) -> JobList:
        jobs = [self.one(name) for name in self._runner.jobs]
        return JobList(leader=Leader(held=leads), jobs=jobs)

    def one(self, name: str) -> JobStatus:
        job, record = self._runner.jobs[name], self._runner.record(name)
        return JobStatus(
            name=name,
            purpose=job.purpose,
            schedule=self._schedule_sentence(job),
            period_ms=job.period.duration_ms,
            running=self._runner.is_running(name),
            next_run=self._next_run(name),
            last_run=None if record.last is None else _last_run(record.last),
            runs=record.runs,
            failures=record.failures,
            consecutive_failures=record.consecutive_failures,
            misfires=record.misfires,
        )

    def _schedule_sentence(self, job: Job) -> str:
        seconds = delay_ms(job.period, period_clock(self._clock, job.period).speed) / 1000
        return f"{seconds:g} s after {job.period.ends}"

    def _next_run(self, name: str) -> Moment | None:
        due = self._schedule.next_due_ms(name)
        return None if due is None else Moment(event_ms=self._clock.state.at(due), wall_ms=due)


def _last_run(run: JobRun) -> LastRun:
    return LastRun(
        began=Moment(event_ms=run.event_ms, wall_ms=run.wall_ms),
        duration_ms=run.duration_ms,
        result=run.result,
        error=run.error,
    )
