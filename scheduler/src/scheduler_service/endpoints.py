"""`/jobs`: what is scheduled, what became of it, and running one now."""

from fastapi import FastAPI, Response

from scheduler_service.describe_jobs import DescribeJobs
from scheduler_service.run_jobs import RunJobs
from scheduler_service.schemas import JobList, JobStatus
from service_kit.advisory_lock import Leadership
from service_kit.envelope import Envelope, ErrorEnvelope, success
from service_kit.errors import NotFoundError


def add_jobs(
    app: FastAPI, runner: RunJobs, described: DescribeJobs, leadership: Leadership
) -> None:
    @app.get("/jobs", responses={200: {"model": Envelope[JobList]}}, operation_id="listJobs")
    async def jobs() -> Response:
        return success(described.all(leads=leadership.held))

    @app.post(
        "/jobs/{name}/run",
        responses={200: {"model": Envelope[JobStatus]}, 404: {"model": ErrorEnvelope}},
        operation_id="runJob",
    )
    async def run(name: str) -> Response:
        """Run a job now, leader or not: a job done twice changes nothing."""
        if name not in runner.jobs:
            raise NotFoundError(f"there is no job {name[:40]!r}")
        await runner.run(name)
        return success(described.one(name))
