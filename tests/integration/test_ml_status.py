"""What ml-service tells of each series for the platform's status."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from ml_desk import BARS, CANDLES, SERIES, MlDesk, at, ml_desk
from ml_service.registry.model_contents import CARD
from ml_service.registry.role import Role
from tiny_models import tiny_model
from trading_core.timeframe import Timeframe

pytestmark = pytest.mark.integration

SKILLED, UNSKILLED = tiny_model(seed=7), tiny_model(seed=10, passed=False)


@pytest.fixture
async def desk(database_url: str, tmp_path: Path) -> AsyncIterator[MlDesk]:
    async with ml_desk(database_url, tmp_path) as desk:
        await desk.history.store(CANDLES[:BARS])
        yield desk


async def hourly(desk: MlDesk) -> dict[str, Any]:
    models: list[dict[str, Any]] = (await desk.get("/status"))["models"]
    return next(one for one in models if one["timeframe"] == "1h")


async def test_every_watched_series_is_told_also_without_a_model(desk: MlDesk) -> None:
    models = (await desk.get("/status"))["models"]
    assert [(one["symbol"], one["timeframe"]) for one in models] == [
        ("ETHUSDT", timeframe) for timeframe in Timeframe
    ]
    assert {(one["model_id"], one["abstains_for"]) for one in models} == {(None, "no_model")}


async def test_a_model_that_serves_is_told_with_what_was_proven_of_it(desk: MlDesk) -> None:
    model_id = await desk.serve(SKILLED)
    told, card = await hourly(desk), SKILLED.card
    figures = card.evaluation.untouched
    assert (told["model_id"], told["abstains_for"]) == (model_id, None)
    assert (told["trained_at"], told["verdict"]) == (card.trained_at_ms, card.gate.sentence)
    assert told["log_loss_skill"] == figures.skill
    assert told["skill_interval"] == [figures.skill_low, figures.skill_high]
    assert (told["degraded"], told["drift"]) == (False, None)


async def test_a_review_of_the_serving_model_is_told_once_it_was_made(desk: MlDesk) -> None:
    await desk.serve(SKILLED)

    async def reviewed() -> bool:
        return bool((await hourly(desk))["live"] == {"scored": 0, "verdict": "too_few"})

    await desk.eventually(reviewed)


async def test_a_model_without_skill_is_told_with_why_nobody_serves(desk: MlDesk) -> None:
    model_id = await desk.keep(UNSKILLED)

    async def told() -> bool:
        found = await hourly(desk)
        return (found["model_id"], found["abstains_for"]) == (model_id, "no_skill")

    await desk.eventually(told)
    assert (await hourly(desk))["verdict"] == UNSKILLED.card.gate.sentence


async def test_a_model_whose_files_cannot_be_read_is_told(desk: MlDesk) -> None:
    model_id = await desk.keep(SKILLED)
    await desk.damage(model_id, CARD, None)
    await desk.store.promote(SERIES, Role.CANDLES, model_id, "in a test", at(BARS))

    async def told() -> bool:
        return bool((await hourly(desk))["abstains_for"] == "model_unreadable")

    await desk.eventually(told)
