import asyncio
from pathlib import Path
from typing import Any

import pytest
from prometheus_client import CollectorRegistry

from scheduler_service.job_record import JobRecord, JobRun
from scheduler_service.jobs import JOBS, Siblings
from scheduler_service.period import Period
from scheduler_service.run_jobs import RunJobs
from scheduler_service.scheduler_metrics import SchedulerMetrics
from service_kit.clock import Clock, ClockState
from service_kit.errors import StoreUnavailableError, UnavailableError
from trading_core.timeframe import MINUTE_MS

EPOCH = 1_722_807_000_000
RESULT = [{"symbol": "ETHUSDT", "timeframe": "1m", "stored": 2}]


class Market:
    """Answers, or fails, or waits for `may_answer`."""

    def __init__(self) -> None:
        self.error: Exception | None = None
        self.may_answer = asyncio.Event()
        self.may_answer.set()
        self.calls = 0

    async def post(
        self,
        path: str,  # noqa: ARG002 - the port's signature
        answer: type[Any],  # noqa: ARG002
        params: dict[str, str | int] | None = None,  # noqa: ARG002
    ) -> list[dict[str, Any]]:
        self.calls += 1
        await self.may_answer.wait()
        if self.error is not None:
            raise self.error
        return RESULT


class Shared:
    """The table of all replicas, or one that is away."""

    def __init__(self) -> None:
        self.records: dict[str, JobRecord] = {}
        self.away = False

    async def read(self) -> dict[str, JobRecord]:
        if self.away:
            raise StoreUnavailableError("the database cannot be reached")
        return dict(self.records)

    async def add(self, name: str, run: JobRun, period: Period) -> tuple[JobRecord, JobRecord]:
        before = (await self.read()).get(name, JobRecord())
        self.records[name] = before.after(run, period)
        return before, self.records[name]


class World:
    def __init__(self, folder: Path) -> None:
        path = folder / "clock.json"
        ClockState(EPOCH, 0, speed=60.0).write(path)
        self.wall_ms = 0.0
        self.market = Market()
        self.registry = CollectorRegistry()
        metrics = SchedulerMetrics.register(self.registry)
        self.siblings = Siblings(*[self.market] * 5)
        self.clock = Clock(path, lambda: self.wall_ms)
        self.shared = Shared()
        self.runner = RunJobs(JOBS, self.siblings, self.clock, metrics, self.shared)

    def another(self) -> RunJobs:
        """A replica, or the same one after a start."""
        metrics = SchedulerMetrics.register(CollectorRegistry())
        return RunJobs(JOBS, self.siblings, self.clock, metrics, self.shared)

    def sample(self, name: str, job: str, **labels: str) -> float | None:
        return self.registry.get_sample_value(name, {"job": job, **labels})


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


async def test_a_run_is_recorded_in_event_time_and_wall_time(world: World) -> None:
    world.wall_ms = 2_000.0
    record = await world.runner.run("collect-1m")
    assert record.last is not None
    assert (record.last.event_ms, record.last.wall_ms) == (EPOCH + 2 * MINUTE_MS, 2_000)
    assert (record.last.result, record.last.error) == (RESULT, None)


async def test_a_sibling_that_is_away_is_a_recorded_failure(world: World) -> None:
    world.market.error = UnavailableError("market-service cannot be reached")
    record = await world.runner.run("collect-5m")
    assert record.last is not None
    assert record.last.error == "market-service cannot be reached"
    assert record.consecutive_failures == 1


async def test_closes_that_passed_between_runs_are_counted(world: World) -> None:
    await world.runner.run("collect-1m")
    world.wall_ms = 4_000.0
    assert (await world.runner.run("collect-1m")).misfires == 3
    assert world.sample("job_misfires_total", "collect-1m") == 3


async def test_every_job_is_counted_from_zero_on(world: World) -> None:
    for job in JOBS:
        assert world.sample("job_runs_total", job.name, outcome="ok") == 0
        assert world.sample("job_runs_total", job.name, outcome="failed") == 0
        assert world.sample("job_misfires_total", job.name) == 0
        assert world.sample("job_duration_seconds_count", job.name) == 0
        assert world.sample("job_last_success_timestamp_seconds", job.name) == 0


async def test_only_a_run_that_ended_well_is_the_last_success(world: World) -> None:
    last = "job_last_success_timestamp_seconds"
    world.wall_ms = 2_500.0
    await world.runner.run("collect-1m")
    ended = world.sample(last, "collect-1m")
    assert ended == pytest.approx(2.5, abs=0.5)
    world.wall_ms = 60_000.0
    world.market.error = UnavailableError("market-service cannot be reached")
    await world.runner.run("collect-1m")
    assert world.sample(last, "collect-1m") == ended
    assert world.sample("job_duration_seconds_count", "collect-1m") == 2


async def test_a_job_never_runs_beside_itself(world: World) -> None:
    world.market.may_answer.clear()
    first = asyncio.create_task(world.runner.run("collect-1m"))
    second = asyncio.create_task(world.runner.run("collect-1m"))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert (world.market.calls, world.runner.is_running("collect-1m")) == (1, True)
    world.market.may_answer.set()
    await asyncio.gather(first, second)
    assert (world.market.calls, world.runner.record("collect-1m").runs) == (2, 2)


async def test_runs_of_another_replica_are_told_and_continued(world: World) -> None:
    other = world.another()
    world.wall_ms = 2_000.0
    told = await other.run("collect-1m")
    assert world.runner.record("collect-1m").runs == 0
    await world.runner.look()
    assert world.runner.record("collect-1m") == told
    assert world.sample("job_last_success_timestamp_seconds", "collect-1m") != 0
    world.wall_ms = 6_000.0
    record = await world.runner.run("collect-1m")
    assert (record.runs, record.misfires) == (2, 3)


async def test_without_the_database_jobs_run_on_and_are_told_by_who_ran_them(world: World) -> None:
    await world.runner.run("collect-1m")
    world.shared.away = True
    world.market.error = UnavailableError("market-service cannot be reached")
    for failures in (1, 2):
        record = await world.runner.run("collect-1m")
        assert (record.consecutive_failures, record.runs) == (failures, 1 + failures)
    world.shared.away = False
    await world.runner.look()
    assert world.runner.record("collect-1m") == record
