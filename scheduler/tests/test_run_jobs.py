import asyncio
from pathlib import Path
from typing import Any

import pytest
from prometheus_client import CollectorRegistry

from scheduler_service.jobs import JOBS, Siblings
from scheduler_service.run_jobs import RunJobs
from scheduler_service.scheduler_metrics import SchedulerMetrics
from service_kit.clock import Clock, ClockState
from service_kit.errors import UnavailableError
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


class World:
    def __init__(self, folder: Path) -> None:
        path = folder / "clock.json"
        ClockState(EPOCH, 0, speed=60.0).write(path)
        self.wall_ms = 0.0
        self.market = Market()
        self.registry = CollectorRegistry()
        metrics = SchedulerMetrics.register(self.registry)
        siblings = Siblings(*[self.market] * 5)
        self.runner = RunJobs(JOBS, siblings, Clock(path, lambda: self.wall_ms), metrics)


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
    assert world.registry.get_sample_value("job_misfires_total", {"job": "collect-1m"}) == 3


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
