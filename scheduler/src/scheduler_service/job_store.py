"""The only place that touches `job_runs`: what became of each job, for all schedulers to tell."""

from dataclasses import asdict
from typing import Any

from sqlalchemy import RowMapping, select, update
from sqlalchemy.dialects.postgresql import insert

from scheduler_service.job_record import JobRecord, JobRun
from scheduler_service.period import Period
from service_kit.database import Database, pooled_connection
from service_kit.tables import job_runs

COUNTS = ("runs", "failures", "consecutive_failures", "misfires")


class JobStore:
    """Every method raises StoreUnavailableError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def read(self) -> dict[str, JobRecord]:
        """Of the jobs that ever ran."""
        async with pooled_connection(self._database) as connection:
            rows = (await connection.execute(select(job_runs))).mappings()
            return {row["name"]: _record(row) for row in rows}

    async def add(self, name: str, run: JobRun, period: Period) -> tuple[JobRecord, JobRecord]:
        """The job's record before that run and with it; of two at once none is lost."""
        this = job_runs.c.name == name
        first = insert(job_runs).values(name=name, **dict.fromkeys(COUNTS, 0))
        async with pooled_connection(self._database) as connection, connection.begin():
            await connection.execute(first.on_conflict_do_nothing())
            found = await connection.execute(select(job_runs).where(this).with_for_update())
            before = _record(found.mappings().one())
            after = before.after(run, period)
            await connection.execute(update(job_runs).where(this).values(_row(after)))
        return before, after


def _record(row: RowMapping) -> JobRecord:
    last = None
    if row["last_wall_ms"] is not None:
        last = JobRun(
            event_ms=row["last_event_ms"],
            wall_ms=row["last_wall_ms"],
            duration_ms=row["last_duration_ms"],
            result=row["last_result"],
            error=row["last_error"],
        )
    counts = {name: row[name] for name in COUNTS}
    return JobRecord(**counts, last=last, last_success_ms=row["last_success_ms"])


def _row(record: JobRecord) -> dict[str, Any]:  # Any: a column's value
    last = {} if record.last is None else asdict(record.last)
    return {
        **{name: getattr(record, name) for name in COUNTS},
        **{f"last_{name}": value for name, value in last.items()},
        "last_success_ms": record.last_success_ms,
    }
