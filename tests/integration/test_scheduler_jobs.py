"""The scheduler as processes of its own, on real PostgreSQL, at 120 times the speed of the wall."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from service_kit.clock import ClockState
from service_process import ServiceProcess, running_service
from stub_sibling import StubSibling, json_answer, stub_sibling
from trading_core.timeframe import MINUTE_MS, Timeframe

pytestmark = pytest.mark.integration

EPOCH = 1_722_807_000_000
SPEED = 120.0
COLLECTED = json_answer('{"success":true,"data":[{"symbol":"ETHUSDT","stored":1,"holes":0}]}')
REFITTED = json_answer('{"success":true,"data":[{"side":"LONG","outcomes":31}]}')
PRUNED = json_answer('{"success":true,"data":{"pruned":7}}')
RETRAINING = json_answer('{"success":true,"data":{"due":["ETHUSDT 1h"]}}')
BEGUN = json_answer('{"success":true,"data":{"begun":true}}', 202)
AWAY = json_answer('{"success":false,"error":{"message":"starting","type":"unavailable"}}', 503)


@pytest.fixture
async def market() -> AsyncIterator[StubSibling]:
    async with stub_sibling() as sibling:
        sibling.answers["/collect"] = COLLECTED
        sibling.answers["/confidence-maps/refit"] = REFITTED
        sibling.answers["/room-events/prune"] = PRUNED
        sibling.answers["/retrain"] = RETRAINING
        sibling.answers["/backups"] = BEGUN
        yield sibling


@pytest.fixture
def clock_file(tmp_path: Path) -> Path:
    path = tmp_path / "clock.json"
    ClockState(EPOCH, None, SPEED).write(path)
    return path


@pytest.fixture
def settings(database_url: str, market: StubSibling, clock_file: Path) -> dict[str, str]:
    return {
        "DATABASE_URL": database_url,
        "MARKET_SERVICE_URL": market.url,
        "SIGNALS_SERVICE_URL": market.url,
        "GATEWAY_SERVICE_URL": market.url,
        "ML_SERVICE_URL": market.url,
        "MAINTENANCE_SERVICE_URL": market.url,
        "CLOCK_FILE": str(clock_file),
    }


@asynccontextmanager
async def scheduler(settings: dict[str, str], folder: Path) -> AsyncIterator[ServiceProcess]:
    starting = running_service("scheduler_service", settings, folder)
    service = await asyncio.to_thread(starting.__enter__)
    try:
        yield service
    finally:
        await asyncio.to_thread(starting.__exit__, None, None, None)
        assert "Traceback" not in service.log.read_text()


def start(clock_file: Path, end_ms: int | None = None) -> None:
    ClockState(EPOCH, round(time.time() * 1000), SPEED, end_ms).write(clock_file)


async def fetch(service: ServiceProcess, path: str) -> str:
    async with httpx.AsyncClient() as client:
        return (await client.get(service.url + path)).raise_for_status().text


async def jobs(service: ServiceProcess) -> dict[str, Any]:
    data = json.loads(await fetch(service, "/jobs"))["data"]
    return {"held": data["leader"]["held"]} | {job["name"]: job for job in data["jobs"]}


def collected(market: StubSibling, timeframe: str) -> int:
    """How often the market-service was told to collect a timeframe."""
    asked = (parse_qs(urlsplit(target).query) for target in market.targets())
    return sum(query.get("timeframe") == [timeframe] for query in asked)


async def until(holds: Callable[[], object], seconds: float = 10.0) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it did not happen"
        await asyncio.sleep(0.02)


async def until_leading(service: ServiceProcess, seconds: float = 10.0) -> None:
    deadline = time.monotonic() + seconds
    while not (await jobs(service))["held"]:
        assert time.monotonic() < deadline, "nobody leads"
        await asyncio.sleep(0.05)


async def until_due(service: ServiceProcess, name: str, seconds: float = 10.0) -> None:
    deadline = time.monotonic() + seconds
    while (await jobs(service))[name]["nextRun"] is None:
        assert time.monotonic() < deadline, f"{name} is never due"
        await asyncio.sleep(0.05)


async def test_nothing_runs_before_the_clock_and_then_every_bar_is_collected(
    market: StubSibling, settings: dict[str, str], clock_file: Path, tmp_path: Path
) -> None:
    async with scheduler(settings, tmp_path) as service:
        await until_leading(service)
        assert '"ready":true' in await fetch(service, "/readyz")
        await asyncio.sleep(0.5)
        standing = await jobs(service)
        assert market.targets() == []
        assert standing["collect-1m"]["nextRun"] is None
        start(clock_file)
        await until(lambda: collected(market, "1m") >= 8)
        shown = await jobs(service)
        for timeframe in Timeframe:
            assert collected(market, timeframe) >= 1
        assert 1 <= collected(market, "5m") <= 3
        minute = shown["collect-1m"]
        assert minute["misfires"] == 0
        assert minute["schedule"] == "0.1 s after each 1m bar closes"
        assert minute["lastRun"]["result"] == [{"symbol": "ETHUSDT", "stored": 1, "holes": 0}]
        past_close = minute["lastRun"]["began"]["eventMs"] % MINUTE_MS
        assert 0.1 * SPEED * 1000 <= past_close < MINUTE_MS
        assert minute["nextRun"]["eventMs"] > minute["lastRun"]["began"]["eventMs"]


async def test_at_the_end_of_a_recording_the_last_bar_is_collected_and_then_nothing(
    market: StubSibling, settings: dict[str, str], clock_file: Path, tmp_path: Path
) -> None:
    async with scheduler(settings, tmp_path) as service:
        start(clock_file, end_ms=EPOCH + 3 * MINUTE_MS)
        await until(lambda: collected(market, "1m") == 4)
        await asyncio.sleep(1.0)
        assert collected(market, "1m") == 4
        assert (await jobs(service))["collect-1m"]["nextRun"] is None


async def test_a_failure_is_shown_tried_again_and_gone_when_the_sibling_is_back(
    market: StubSibling, settings: dict[str, str], clock_file: Path, tmp_path: Path
) -> None:
    market.answers["/collect"] = AWAY
    async with scheduler(settings, tmp_path) as service:
        start(clock_file)
        await until(lambda: collected(market, "1d") >= 2)
        failing = (await jobs(service))["collect-1d"]
        assert failing["lastRun"]["error"] == "starting"
        assert failing["consecutiveFailures"] >= 1
        market.answers["/collect"] = COLLECTED
        asked = collected(market, "1d")
        await until(lambda: collected(market, "1d") > asked)
        await asyncio.sleep(0.2)
        good = (await jobs(service))["collect-1d"]
        assert (good["lastRun"]["error"], good["consecutiveFailures"]) == (None, 0)
        assert good["failures"] >= 2


async def test_a_job_can_be_run_by_hand_and_an_unknown_one_cannot(
    market: StubSibling, settings: dict[str, str], tmp_path: Path
) -> None:
    async with scheduler(settings, tmp_path) as service, httpx.AsyncClient() as client:
        ran = await client.post(service.url + "/jobs/collect-4h/run")
        assert ran.json()["data"]["runs"] == 1
        assert collected(market, "4h") == 1
        unknown = await client.post(service.url + "/jobs/nonsense/run")
        assert (unknown.status_code, unknown.json()["success"]) == (404, False)
        wrong = await client.get(service.url + "/jobs/collect-4h/run")
        assert (wrong.status_code, wrong.json()["success"]) == (405, False)


async def test_each_job_speaks_to_its_sibling_and_shows_the_answer(
    market: StubSibling, settings: dict[str, str], tmp_path: Path
) -> None:
    """All are one stub here, which knows the paths."""
    async with scheduler(settings, tmp_path) as service, httpx.AsyncClient() as client:
        pruned = await client.post(service.url + "/jobs/prune-room-events/run")
        assert pruned.json()["data"]["lastRun"]["result"] == {"pruned": 7}
        refitted = await client.post(service.url + "/jobs/refit-confidence-maps/run")
        assert refitted.json()["data"]["lastRun"]["result"] == [{"side": "LONG", "outcomes": 31}]
        retrained = await client.post(service.url + "/jobs/retrain-models/run")
        assert retrained.json()["data"]["lastRun"]["result"] == {"due": ["ETHUSDT 1h"]}
        began = await client.post(service.url + "/jobs/back-up/run")
        assert began.json()["data"]["lastRun"]["result"] == {"begun": True}
        asked = ["/room-events/prune", "/confidence-maps/refit", "/retrain?older_than_days=6"]
        assert market.targets() == [*asked, "/backups?older_than_hours=20"]


async def test_what_goes_by_the_wall_is_due_once_a_day_at_any_speed(
    settings: dict[str, str], clock_file: Path, tmp_path: Path
) -> None:
    async with scheduler(settings, tmp_path) as service:
        await until_leading(service)
        await until_due(service, "back-up")
        waiting = (await jobs(service))["back-up"]
        wait_seconds = waiting["nextRun"]["wallMs"] / 1000 - time.time()
        assert 0 < wait_seconds <= 600
        start(clock_file)
        await asyncio.sleep(0.5)
        started = (await jobs(service))["back-up"]
        assert started["nextRun"]["wallMs"] == waiting["nextRun"]["wallMs"]
        assert started["schedule"] == "1.5 s after 02:00 UTC each day, by the wall's clock"
        assert started["runs"] == 0


async def test_a_disabled_job_is_not_there(
    market: StubSibling, settings: dict[str, str], clock_file: Path, tmp_path: Path
) -> None:
    disabled = settings | {"DISABLED_JOBS": "collect-1m,back-up"}
    async with scheduler(disabled, tmp_path) as service, httpx.AsyncClient() as client:
        start(clock_file)
        await until(lambda: collected(market, "5m"))
        assert collected(market, "1m") == 0
        assert not {"collect-1m", "back-up"} & (await jobs(service)).keys()
        unknown = await client.post(service.url + "/jobs/back-up/run")
        assert unknown.status_code == 404


async def test_two_schedulers_run_each_job_once(
    market: StubSibling, settings: dict[str, str], clock_file: Path, tmp_path: Path
) -> None:
    """Three minutes, and the newest close before them: four runs at most, all of one scheduler."""
    async with scheduler(settings, tmp_path) as first, scheduler(settings, tmp_path) as second:
        start(clock_file, end_ms=EPOCH + 3 * MINUTE_MS)
        await until(lambda: collected(market, "1m") >= 2, seconds=30)
        await asyncio.sleep(2.0)
        both = [await jobs(first), await jobs(second)]
        assert sorted(one["held"] for one in both) == [False, True]
        assert 2 <= collected(market, "1m") <= 4
        assert [one["collect-1m"]["runs"] for one in both] == [collected(market, "1m")] * 2
        last_runs = [one["collect-1m"]["lastRun"] for one in both]
        assert last_runs[0] == last_runs[1]


async def test_a_scheduler_that_is_started_again_knows_what_was_run(
    settings: dict[str, str], tmp_path: Path
) -> None:
    """At a clock that stands: nothing is due."""
    async with scheduler(settings, tmp_path) as first, httpx.AsyncClient() as client:
        answers = [await client.post(first.url + "/jobs/back-up/run") for _ in range(2)]
        ran = answers[1].json()["data"]
        assert ran["runs"] == 2
    async with scheduler(settings, tmp_path) as second:
        name = 'job_last_success_timestamp_seconds{job="back-up"} '

        async def known() -> bool:
            return bool((await jobs(second))["back-up"]["runs"] == 2)

        deadline = time.monotonic() + 10
        while not await known():
            assert time.monotonic() < deadline, "the runs are forgotten"
            await asyncio.sleep(0.05)
        assert (await jobs(second))["back-up"]["lastRun"] == ran["lastRun"]
        metrics = await fetch(second, "/metrics")
        ended = next(line for line in metrics.splitlines() if line.startswith(name))
        assert float(ended.removeprefix(name)) > 0


async def test_runs_of_two_schedulers_at_once_are_all_counted(
    settings: dict[str, str], tmp_path: Path
) -> None:
    async with (
        scheduler(settings, tmp_path) as first,
        scheduler(settings, tmp_path) as second,
        httpx.AsyncClient() as client,
    ):
        urls = [one.url + "/jobs/clean-up/run" for one in (first, second)] * 5
        await asyncio.gather(*map(client.post, urls))
        last = await client.post(urls[0])
        assert last.json()["data"]["runs"] == len(urls) + 1


async def test_one_of_two_leads_and_the_other_takes_over_when_it_dies(
    market: StubSibling, settings: dict[str, str], clock_file: Path, tmp_path: Path
) -> None:
    start(clock_file)
    async with scheduler(settings, tmp_path) as first:
        await until_leading(first)
        async with scheduler(settings, tmp_path) as second:
            await until(lambda: collected(market, "1m") >= 3)
            assert (await jobs(second))["held"] is False
            first.kill()
            died = time.monotonic()
            before = collected(market, "1m")
            await until_leading(second)
            assert time.monotonic() - died < 5
            await until(lambda: collected(market, "1m") >= before + 3)
            assert "scheduler_leader 1.0" in await fetch(second, "/metrics")
