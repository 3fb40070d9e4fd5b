"""Which question a series is retrained for."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from ml_desk import BARS, SERIES, MlDesk, at, ml_desk
from ml_service.learning.dataset import LabelRule
from ml_service.registry.role import Role
from ml_service.training.history_ready import HistoryReady
from ml_service.training.label_rules import LabelRules
from ml_service.training.retrain import WhatIsDue
from service_kit.clock import Clock
from service_kit.database import create_database
from service_kit.settings import DatabaseSettings
from tiny_models import TinyModel, tiny_model
from trading_core.timeframe import Timeframe

pytestmark = pytest.mark.integration

MODEL = tiny_model()
CARD = replace(MODEL.card, look_ahead_bars=9, threshold=0.02)
TRIED_SINCE = replace(
    CARD, model_id=f"{CARD.model_id}x", threshold=0.1, trained_at_ms=CARD.trained_at_ms + 1
)


@pytest.fixture
async def desk(database_url: str, tmp_path: Path) -> AsyncIterator[MlDesk]:
    async with ml_desk(database_url, tmp_path) as desk:
        for card in (CARD, TRIED_SINCE):
            await desk.store.keep(TinyModel(MODEL.trees, card))
        yield desk


async def asked_again(
    desk: MlDesk, settings: DatabaseSettings, rules: LabelRules
) -> list[LabelRule]:
    database = create_database(settings)
    try:
        history = HistoryReady(database, Clock())
        symbols = (SERIES.symbol,)
        due = WhatIsDue(desk.store, history, Clock(), symbols, rules, trains_first_models=False)
        return [request.label_rule for request in await due.requests(0)]
    finally:
        await database.dispose()


async def test_the_question_is_that_of_the_model_that_serves_whatever_was_tried_since(
    desk: MlDesk, database_settings: DatabaseSettings
) -> None:
    assert await asked_again(desk, database_settings, LabelRules()) == [LabelRule()]
    await desk.store.promote(SERIES, Role.INDICATORS, CARD.model_id, "in a test", at(BARS))
    assert await asked_again(desk, database_settings, LabelRules()) == [LabelRule(9, 0.02)]


async def test_the_operator_can_tell_another_question(
    desk: MlDesk, database_settings: DatabaseSettings
) -> None:
    await desk.store.promote(SERIES, Role.CANDLES, CARD.model_id, "in a test", at(BARS))
    told = LabelRules({Timeframe.H1: LabelRule(3, 0.01)})
    assert await asked_again(desk, database_settings, told) == [LabelRule(3, 0.01)]
    elsewhere = LabelRules({Timeframe.D1: LabelRule(3, 0.01)})
    assert await asked_again(desk, database_settings, elsewhere) == [LabelRule(9, 0.02)]
