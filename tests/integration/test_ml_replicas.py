"""Two services with only a database in common, and trainings in yet other processes."""

import asyncio
import json
import os
import shutil
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

from ml_service.registry.model_contents import SUFFIXES
from ml_service.registry.role import Role
from run_module import run_module
from training_desk import (
    FIRST_MS,
    LONG,
    OVER,
    SYMBOLS,
    Json,
    TrainingDesk,
    eventually,
    training_desk,
    training_service,
)

pytestmark = pytest.mark.integration

SERIES: Final = f"{SYMBOLS[0].compact} 1h"
PROGRAM: Final = "ml_service.training.retrain_program"
COVER: Final = """
    INSERT INTO feed_coverage (symbol, timeframe, first_available_ms, backfilled_from_ms)
    VALUES ($1, $2::text::timeframe, $3, $3)
"""
LET_IT_SERVE: Final = """
    INSERT INTO model_promotions (symbol, timeframe, role, model_id, reason, promoted_at_ms)
    SELECT symbol, timeframe, $2, id, 'in a test', 0 FROM models WHERE id = $1
"""


@dataclass(frozen=True, slots=True)
class Replicas:
    one: TrainingDesk
    other: TrainingDesk

    @property
    def both(self) -> tuple[TrainingDesk, TrainingDesk]:
        return self.one, self.other

    async def train(self) -> str:
        """In a process of its own, with a folder of its own; the best model that came of it."""
        arguments = ("--symbol", self.one.series.symbol.slashed, "--timeframe", "1h")
        lines = await self.run("ml_service.training", *arguments, "--threshold", "0.001")
        return str(lines[-1]["models"][0]["model_id"])

    async def run(self, module: str, *arguments: str) -> list[Json]:
        output, code = await run_module(self.one.environment["DATABASE_URL"], module, *arguments)
        assert code == 0, output
        return [json.loads(line) for line in output.splitlines()]

    async def serve(self, model_id: str) -> None:
        """As a promotion by a third process; gates do not matter to how it is followed."""
        await self.one.connection.execute(LET_IT_SERVE, model_id, Role.CANDLES.value)
        for desk in self.both:
            await eventually(lambda desk=desk: _said_by(desk, model_id), seconds=10)

    async def states(self) -> list[str]:
        rows = await self.one.history.fetch("SELECT state FROM trainings ORDER BY asked_at_ms")
        return [row[0] for row in rows]


async def _said_by(desk: TrainingDesk, model_id: str) -> Json | None:
    said = await _said(desk)
    return said if said["model_id"] == model_id else None


async def _said(desk: TrainingDesk) -> Json:
    body = {"symbol": desk.series.symbol.slashed}
    answer = (await desk.client.post("/predict", json=body)).raise_for_status()
    found: Json = answer.json()
    del found["timestamp"]  # when it was said
    return found


@pytest.fixture
async def replicas(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Replicas]:
    folders = [tmp_path / name for name in ("one", "other")]
    monkeypatch.setenv("SYMBOLS", ",".join(one.slashed for one in SYMBOLS))
    monkeypatch.setenv("MODELS_DIR", str(tmp_path / "third" / "models"))
    monkeypatch.setenv("AUTO_TRAIN", "false")
    with ExitStack() as stack:
        for folder in folders:
            folder.mkdir()
        started = [stack.enter_context(training_service(database_url, one)) for one in folders]
        async with (
            training_desk(*started[0], SYMBOLS[0]) as one,
            training_desk(*started[1], SYMBOLS[0]) as other,
        ):
            yield Replicas(one, other)


async def test_what_a_third_process_trains_is_served_by_both_bit_for_bit(
    replicas: Replicas,
) -> None:
    one, other = replicas.both
    await one.history.set_first_available(FIRST_MS)
    await one.history.store(one.candles(3_000))
    model_id = await replicas.train()
    assert not one.models.exists()
    assert not other.models.exists()
    await replicas.serve(model_id)
    assert await _said(one) == await _said(other)
    for desk in replicas.both:
        assert {file.name for file in desk.models.iterdir()} == {model_id + s for s in SUFFIXES}

    shutil.rmtree(one.models)
    assert await _said(one) == await _said(other), "what is in memory goes on"
    await one.history.store(one.candles(3_100)[3_000:])
    second = await replicas.train()
    assert second != model_id
    await replicas.serve(second)
    assert await _said(one) == await _said(other)
    answer = await one.client.post("/models/rollback", json={"symbol": one.series.symbol.slashed})
    assert answer.json()["model_id"] == model_id, answer.text
    assert await _said_by(one, model_id), "the folder that was lost is filled again"


async def test_a_training_is_seen_and_cancelled_through_the_other_replica(
    replicas: Replicas,
) -> None:
    one, other = replicas.both
    await one.history.store(one.candles(LONG))
    training_id = await one.begin()
    await other.until(training_id, frozenset({"running"}))
    assert (await other.ask("?async=true")).status_code == 409
    answer = await other.client.post(f"/train/{training_id}/cancel")
    assert answer.json()["cancel_asked"] is True
    assert (await one.until(training_id, OVER))["state"] == "cancelled"


async def test_what_is_due_is_retrained_by_one_of_all_who_are_told_to(
    replicas: Replicas,
) -> None:
    one, other = replicas.both
    await one.history.store(one.candles(LONG))
    await replicas.train()
    began = (await one.client.post("/retrain")).raise_for_status().json()["data"]
    assert began == {"already_running": False, "due": [SERIES]}
    again = (await other.client.post("/retrain")).raise_for_status().json()["data"]
    assert again == {"already_running": True, "due": []}
    assert await replicas.run(PROGRAM, "--older-than-days", "0") == [{"event": "already_running"}]
    assert len(await replicas.states()) == 2


async def test_the_program_retrains_what_is_due_and_says_what_came_of_it(
    replicas: Replicas,
) -> None:
    await replicas.one.history.store(replicas.one.candles(1_200))
    await replicas.train()
    assert await replicas.run(PROGRAM) == [{"event": "due", "series": []}]
    twice = await asyncio.gather(
        *(replicas.run(PROGRAM, "--older-than-days", "0") for _ in range(2))
    )
    lines = sorted(twice, key=len)
    assert lines[0] == [{"event": "already_running"}]
    due, came = lines[1]
    assert due == {"event": "due", "series": [SERIES]}
    assert (came["event"], came["series"], came["state"]) == ("retrained", SERIES, "done")
    assert await replicas.states() == ["done", "done"]


async def test_the_program_that_is_told_to_stop_leaves_no_training_behind(
    replicas: Replicas,
) -> None:
    await replicas.one.history.store(replicas.one.candles(LONG))
    await replicas.train()
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", PROGRAM, "--older-than-days", "0"),
        env={**os.environ, **replicas.one.environment},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )

    async def runs() -> Json | None:
        return {} if "running" in await replicas.states() else None

    await eventually(runs)
    process.send_signal(signal.SIGTERM)
    _, errors = await process.communicate()
    assert process.returncode == 1
    assert b"told to stop" in errors.splitlines()[-1]
    assert b"Traceback" not in errors
    assert await replicas.states() == ["done", "cancelled"]


async def test_the_first_model_is_trained_once_however_many_replicas_wait_for_it(
    database_url: str, tmp_path: Path
) -> None:
    with ExitStack() as stack:
        folders = [tmp_path / name for name in ("one", "other")]
        for folder in folders:
            folder.mkdir()
        started = [
            stack.enter_context(training_service(database_url, folder, AUTO_TRAIN="true"))
            for folder in folders
        ]
        async with training_desk(*started[0], SYMBOLS[0]) as desk:
            await desk.history.store(desk.candles(3_600))
            await desk.connection.execute(COVER, *desk.series.key, FIRST_MS)

            async def over() -> Json | None:
                listed = (await desk.client.get("/trainings")).json()["trainings"]
                return listed[0] if listed and listed[0]["state"] in OVER else None

            assert (await eventually(over))["state"] == "done"
            await asyncio.sleep(6)  # each replica has looked again by then
            assert len((await desk.client.get("/trainings")).json()["trainings"]) == 1
