"""Whether a newly trained model comes to serve, against the one that does."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from ml_desk import BARS, CANDLES, FIRST_MS, SERIES, MlDesk, at, ml_desk
from ml_service.learning.dataset import LabelRule, TrainingData
from ml_service.registry.consider import Consideration, Contest
from ml_service.registry.model_contents import CARD
from ml_service.registry.model_id import model_id_of
from ml_service.registry.role import Role
from tiny_models import TinyModel, tiny_model

pytestmark = pytest.mark.integration

DATA = TrainingData(CANDLES[:BARS], (), FIRST_MS)
MODELS = tuple(tiny_model(seed=seed) for seed in (7, 8))


@pytest.fixture
async def desk(database_url: str, tmp_path: Path) -> AsyncIterator[MlDesk]:
    async with ml_desk(database_url, tmp_path) as desk:
        yield desk


async def consider(
    desk: MlDesk, model: TinyModel, role: Role = Role.CANDLES, data: TrainingData = DATA
) -> Consideration:
    await desk.keep(model)
    return await Contest(desk.store, desk.files, data, LabelRule()).consider(
        SERIES, role, model, at(BARS)
    )


async def serving(desk: MlDesk, role: Role = Role.CANDLES) -> str | None:
    found = await desk.store.serving(SERIES, role)
    return found.model_id if found else None


async def test_a_model_of_another_question_is_not_the_first_to_serve(desk: MlDesk) -> None:
    model = MODELS[0]
    other = replace(model.card, look_ahead_bars=2, threshold=0.01)
    other = replace(other, model_id=model_id_of(other, model.trees))
    told = await consider(desk, TinyModel(model.trees, other))
    assert not told.promoted
    assert "another question, 1 % in 2 bars" in told.sentence
    assert f"`./eth models promote {other.model_id}`" in told.sentence


async def test_the_first_with_skill_serves_and_the_same_again_changes_nothing(
    desk: MlDesk,
) -> None:
    model = MODELS[0]
    first = await consider(desk, model)
    assert first.promoted
    assert "no model served" in first.sentence
    assert await serving(desk) == model.card.model_id
    again = await consider(desk, model)
    assert (again.promoted, again.sentence) == (False, "the same model serves already")
    assert len(await desk.store.promotions(SERIES, Role.CANDLES)) == 1


async def test_one_without_skill_never_serves(desk: MlDesk) -> None:
    model = tiny_model(passed=False)
    found = await consider(desk, model)
    assert (found.promoted, found.sentence) == (False, model.card.gate.sentence)
    assert await serving(desk) is None


async def test_only_spec16_answers_given_indicators(desk: MlDesk) -> None:
    assert not (await consider(desk, tiny_model("scale_free"), Role.INDICATORS)).promoted
    assert (await consider(desk, MODELS[0], Role.INDICATORS)).promoted


async def test_of_two_the_one_that_is_better_on_unseen_bars_ends_up_serving(desk: MlDesk) -> None:
    first, second = MODELS
    assert (await consider(desk, first)).promoted
    challenge = await consider(desk, second)
    assert "log-loss" in challenge.sentence
    revenge = await consider(desk, first)
    assert not revenge.promoted
    better = second if challenge.promoted else first
    assert await serving(desk) == better.card.model_id


async def test_one_that_has_seen_all_bars_is_no_rival(desk: MlDesk) -> None:
    await consider(desk, MODELS[0])
    stretch = MODELS[1].card.untouched
    seen = replace(stretch, from_ms=at(BARS), until_ms=at(BARS + 1))
    found = await consider(
        desk, TinyModel(MODELS[1].trees, replace(MODELS[1].card, untouched=seen))
    )
    assert not found.promoted
    assert await serving(desk) == MODELS[0].card.model_id


async def test_one_whose_files_are_gone_gives_way(desk: MlDesk) -> None:
    await consider(desk, MODELS[0])
    await desk.damage(MODELS[0].card.model_id, CARD, None)
    found = await consider(desk, MODELS[1])
    assert found.promoted
    assert "unreadable" in found.sentence
    assert await serving(desk) == MODELS[1].card.model_id
