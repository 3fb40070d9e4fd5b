"""Trainings as jobs, in processes of their own, on a real database."""

import asyncio
import itertools
import os
import sys
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from pathlib import Path

import psutil
import pytest

from service_process import ServiceProcess
from training_desk import (
    FIRST_MS,
    LONG,
    OVER,
    SYMBOLS,
    TrainingDesk,
    eventually,
    training_desk,
    training_service,
)
from training_here import training_here

pytestmark = pytest.mark.integration

NOBODY = "00000000-0000-4000-8000-000000000000"
_unused_symbols = itertools.cycle(SYMBOLS)


@pytest.fixture(scope="module")
def service(
    module_database_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[ServiceProcess, Mapping[str, str]]]:
    folder = tmp_path_factory.mktemp("trainings")
    with training_service(module_database_url, folder) as started:
        yield started


@pytest.fixture
async def desk(service: tuple[ServiceProcess, Mapping[str, str]]) -> AsyncIterator[TrainingDesk]:
    async with training_desk(*service, next(_unused_symbols)) as desk:
        yield desk


async def test_five_hundred_rows_make_a_model_while_the_client_waits(desk: TrainingDesk) -> None:
    await desk.history.store(desk.candles(3_000))
    answer = (await desk.ask()).raise_for_status().json()
    assert answer["success"] is True
    metrics = answer["metrics"]
    assert metrics["training_samples"] + metrics["test_samples"] <= 500
    assert 0 <= metrics["accuracy"] <= 1
    assert 1 / 3 <= metrics["majority_rate"] <= 1
    assert metrics["log_loss_skill"] == pytest.approx(
        1 - metrics["log_loss"] / metrics["prior_log_loss"]
    )
    assert answer["model_path"] == f"{answer['model_id']}.ubj"
    for suffix in (".ubj", ".json", ".html"):
        assert (desk.models / f"{answer['model_id']}{suffix}").stat().st_size > 0
    assert answer["model_id"] in {one["model_id"] for one in await desk.listed()}
    assert {one["feature_set"] for one in await desk.listed()} >= {"spec16"}
    said = await desk.client.post("/predict", json={"symbol": desk.series.symbol.slashed})
    assert said.json()["reason"] == "no_skill", "it is known at once that there is a model"


async def test_another_process_makes_the_same_model_of_the_same_candles(
    desk: TrainingDesk, tmp_path: Path
) -> None:
    await desk.history.store(desk.candles(1_200))
    made = (await desk.ask()).raise_for_status().json()
    async with training_here(desk.environment["DATABASE_URL"], tmp_path) as here:
        again = await here.train(desk.series)
    assert again.result.models[0].model_id == made["model_id"]
    trees = f"{made['model_id']}.ubj"
    assert (tmp_path / trees).read_bytes() == (desk.models / trees).read_bytes()


async def test_a_training_is_followed_while_predictions_are_answered(desk: TrainingDesk) -> None:
    await desk.history.store(desk.candles(3_000))
    training_id = await desk.begin()
    shares, stages = [], set()
    while (status := await desk.status(training_id))["state"] not in OVER:
        shares.append(status["share"])
        stages.add(status["stage"])
        began = time.monotonic()
        body = {"symbol": desk.series.symbol.slashed}
        assert (await desk.client.post("/predict", json=body)).status_code == 200
        assert time.monotonic() - began < 5
        await asyncio.sleep(0.1)
    assert status["state"] == "done", status
    assert shares == sorted(shares)
    assert any(stage.startswith("walking forward") for stage in stages)
    assert (status["share"], status["cancel_asked"]) == (1.0, False)
    assert status["models"][0]["metrics"]["majority_rate"] > 0
    roles = {one["role"] for model in status["models"] for one in model["serves"]}
    assert roles == {"candles", "indicators"}
    listed = (await desk.client.get("/trainings", params={"limit": 5})).json()["trainings"]
    assert training_id in [one["id"] for one in listed]


async def test_a_series_is_trained_once_at_a_time(desk: TrainingDesk) -> None:
    await desk.history.store(desk.candles(LONG))
    training_id = await desk.begin()
    refused = await desk.ask("?async=true")
    assert refused.status_code == 409
    assert training_id in refused.json()["detail"]
    code, said = await run_training(desk, "--symbol", desk.series.symbol.slashed)
    assert (code, "is being trained already" in said) == (1, True), said
    await desk.client.delete(f"/train/{training_id}")
    await desk.until(training_id, OVER)


async def test_a_cancelled_training_ends_soon_and_leaves_nothing(desk: TrainingDesk) -> None:
    await desk.history.store(desk.candles(LONG))
    training_id = await desk.begin()
    await desk.until(training_id, frozenset({"running"}))
    asked = time.monotonic()
    answer = await desk.client.post(f"/train/{training_id}/cancel")
    assert answer.json()["cancel_asked"] is True
    status = await desk.until(training_id, OVER)
    assert (status["state"], status["models"]) == ("cancelled", [])
    assert time.monotonic() - asked < 10
    assert await desk.listed() == []
    again = await desk.client.post(f"/train/{training_id}/cancel")
    assert (again.status_code, "is over: cancelled" in again.json()["detail"]) == (409, True)


async def test_a_killed_training_is_found_and_the_series_trained_again(desk: TrainingDesk) -> None:
    await desk.history.store(desk.candles(LONG))
    training_id = await desk.begin()
    await desk.until(training_id, frozenset({"running"}))
    desk.process().kill()
    status = await desk.until(training_id, OVER)
    assert (status["state"], status["message"]) == (
        "failed",
        "the process ended before the training did",
    )
    assert (await desk.ask()).status_code == 200


async def test_a_refusal_is_a_409_that_says_why(desk: TrainingDesk) -> None:
    refused = await desk.ask()
    assert (refused.status_code, list(refused.json())) == (409, ["detail"])
    assert "import them" in refused.json()["detail"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"lookback_periods": 299},
        {"lookback_periods": "many"},
        {"symbol": "ETH-USDT"},
        {"timeframe": "2h"},
        {"threshold": -0.1},
        {"look_ahead_bars": 0},
        {"seed": -1},
        {"since": -1},
    ],
)
async def test_a_wrong_question_is_a_400(desk: TrainingDesk, wrong: dict[str, object]) -> None:
    answer = await desk.ask(**wrong)
    assert (answer.status_code, list(answer.json())) == (400, ["detail"])


async def test_a_training_that_was_given_up_for_gone_stops_and_leaves_nothing(
    desk: TrainingDesk,
) -> None:
    await desk.history.store(desk.candles(LONG))
    training_id = await desk.begin()
    await desk.until(training_id, frozenset({"running"}))
    process = desk.process()
    await desk.connection.execute(GIVE_UP, training_id)
    await asyncio.to_thread(psutil.wait_procs, [process], 30)
    assert not process.is_running()
    assert ((await desk.status(training_id))["state"], await desk.listed()) == ("failed", [])


async def test_what_is_not_there_is_a_404(desk: TrainingDesk) -> None:
    assert (await desk.ask(symbol="DOGE/USDT")).status_code == 404
    for method, path in (("GET", ""), ("POST", "/cancel"), ("DELETE", "")):
        assert (await desk.client.request(method, f"/train/{NOBODY}{path}")).status_code == 404
    assert (await desk.client.get("/train/nonsense")).status_code == 400


async def test_what_has_a_model_is_retrained_and_only_when_it_is_old(
    database_url: str, tmp_path: Path
) -> None:
    with training_service(database_url, tmp_path) as started:
        async with (
            training_desk(*started, SYMBOLS[0]) as desk,
            training_here(database_url, desk.models) as here,
        ):
            await desk.history.store(desk.candles(1_200))
            await here.train(desk.series)
            young = (await desk.client.post("/retrain", params={"older_than_days": 6})).json()
            assert young["data"]["due"] == []
            all_of_them = (await desk.client.post("/retrain")).raise_for_status().json()
            assert all_of_them["data"]["due"] == [" ".join(desk.series.key)]
            busy = (await desk.client.post("/retrain")).json()
            assert busy["data"] == {"already_running": True, "due": []}


async def run_training(desk: TrainingDesk, *arguments: str) -> tuple[int, str]:
    """As `./eth train` does; its exit code and what it said on standard error."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "ml_service.training", "--timeframe", "1h", *arguments),
        env={**os.environ, **desk.environment},
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    _, errors = await process.communicate()
    return process.returncode or 0, errors.decode()


async def test_trainings_end_with_the_service(database_url: str, tmp_path: Path) -> None:
    with training_service(database_url, tmp_path) as started:
        async with training_desk(*started, SYMBOLS[0]) as desk:
            await desk.history.store(desk.candles(LONG))
            training_id = await desk.begin()
            await desk.until(training_id, frozenset({"running"}))
            process = desk.process()
            began = time.monotonic()
            desk.service.process.terminate()
            await asyncio.to_thread(desk.service.process.wait, 15)
            assert time.monotonic() - began < 8
            assert not process.is_running()
            (row,) = await desk.history.fetch("SELECT state FROM trainings")
            assert row[0] == "cancelled"


async def test_a_training_ends_when_the_service_is_killed(
    database_url: str, tmp_path: Path
) -> None:
    with training_service(database_url, tmp_path) as started:
        async with training_desk(*started, SYMBOLS[0]) as desk:
            await desk.history.store(desk.candles(LONG))
            training_id = await desk.begin()
            await desk.until(training_id, frozenset({"running"}))
            process = desk.process()
            desk.service.kill()
            await asyncio.to_thread(psutil.wait_procs, [process], 20)
            (row,) = await desk.history.fetch("SELECT state FROM trainings")
            assert (process.is_running(), row[0]) == (False, "cancelled")


async def test_the_first_model_of_a_fresh_install_trains_by_itself(
    database_url: str, tmp_path: Path
) -> None:
    with training_service(database_url, tmp_path, AUTO_TRAIN="true") as started:
        async with training_desk(*started, SYMBOLS[0]) as desk:
            await desk.history.store(desk.candles(3_600))
            await desk.connection.execute(COVER, *desk.series.key, FIRST_MS)

            async def look() -> dict[str, object] | None:
                listed = (await desk.client.get("/trainings")).json()["trainings"]
                return listed[0] if listed and listed[0]["state"] in OVER else None

            status = await eventually(look)
            assert (status["state"], status["symbol"]) == ("done", desk.series.symbol.compact)
            assert status["lookback_periods"] is None


GIVE_UP = "UPDATE trainings SET state = 'failed' WHERE id = $1::uuid"
COVER = """
    INSERT INTO feed_coverage (symbol, timeframe, first_available_ms, backfilled_from_ms)
    VALUES ($1, $2::text::timeframe, $3, $3)
"""
