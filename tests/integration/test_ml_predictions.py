"""What ml-service answers, by a model or without one, on a real PostgreSQL."""

import math
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from candle_history import without_bars
from ml_desk import BARS, CANDLES, FIRST_MS, MlDesk, at, ml_desk
from ml_service.learning.loaded_model import LoadedModel
from ml_service.registry.role import Role
from tiny_models import TinyModel, tiny_model
from trading_core.features.catalogue import FEATURE_SETS
from trading_core.features.feature_table import feature_table

pytestmark = pytest.mark.integration

INDICATORS = {
    "rsi": 55.0,
    "macd": 1.5,
    "macdSignal": 1.2,
    "ema9": 2500.0,
    "ema21": 2490.0,
    "ema50": 2480.0,
    "atr": 20.0,
    "vwap": 2495.0,
}
MODEL = tiny_model()
WIDE = tiny_model("scale_free")


@pytest.fixture
async def desk(database_url: str, tmp_path: Path) -> AsyncIterator[MlDesk]:
    async with ml_desk(database_url, tmp_path) as desk:
        await desk.history.store(CANDLES[:BARS])
        yield desk


def batch(model: TinyModel) -> list[tuple[float, float, float]]:
    """Of the last hundred bars."""
    known = FEATURE_SETS[model.card.feature_set]
    table = feature_table(known, CANDLES[:BARS], FIRST_MS, FIRST_MS)
    return LoadedModel.of(model.trees, model.card).probabilities(table.values[-100:])


def triple(answer: dict[str, Any]) -> tuple[float, float, float]:
    said = answer["probabilities"]
    return said["down"], said["neutral"], said["up"]


@pytest.mark.parametrize("model", [MODEL, WIDE], ids=["spec16", "scale_free"])
async def test_a_prediction_is_the_batch_s_bit_for_bit_and_explained(
    desk: MlDesk, model: TinyModel
) -> None:
    model_id = await desk.serve(model)
    loaded = LoadedModel.of(model.trees, model.card)
    expected = batch(model)
    for bar in (BARS - 100, BARS - 99, BARS - 50, BARS - 1):
        answer = await desk.predict(timestamp=at(bar))
        assert triple(answer) == expected[bar - BARS]
        assert answer["probability"] == max(triple(answer))
        assert answer["probability"] == answer["probabilities"][answer["direction"]]
        assert list(answer["features_used"]) == list(model.card.feature_names)
        assert (answer["model_id"], answer["abstained"], answer["reason"]) == (
            model_id,
            False,
            None,
        )
        assert (answer["degraded"], answer["degraded_reason"]) == (False, None)
        assert {"bias", "rest"} < set(answer["contributions"])
        row = feature_table(
            FEATURE_SETS[model.card.feature_set], CANDLES[: bar + 1], at(bar), FIRST_MS
        ).values[-1]
        said = loaded.predict(row)
        margin = said.margins[said.class_index]
        assert math.isclose(sum(answer["contributions"].values()), margin, abs_tol=2e-5)


async def test_without_a_timestamp_the_newest_closed_bar_is_meant(desk: MlDesk) -> None:
    await desk.serve(MODEL)
    newest, named = await desk.predict(), await desk.predict(timestamp=at(BARS - 1))
    assert newest == named
    assert newest["timestamp"] == at(BARS)


async def test_given_indicators_are_answered_by_the_spec16_model(desk: MlDesk) -> None:
    await desk.serve(WIDE)
    model_id = await desk.serve(MODEL, Role.INDICATORS)
    answer = await desk.predict(indicators=INDICATORS, close=2_501.0)
    assert answer["model_id"] == model_id
    assert answer["features_used"]["price_ema_9_ratio"] == 2_501.0 / 2_500.0
    newest = await desk.predict(indicators=INDICATORS)
    close = float(CANDLES.close[BARS - 1])
    assert newest["features_used"]["price_ema_9_ratio"] == close / 2_500.0
    assert (await desk.predict())["model_id"] == WIDE.card.model_id


async def test_it_abstains_by_name_while_no_model_serves(desk: MlDesk) -> None:
    untrained = await desk.predict()
    assert (untrained["reason"], untrained["abstained"]) == ("no_model", True)
    assert math.isclose(sum(triple(untrained)), 1)
    assert untrained["features_used"]
    await desk.keep(tiny_model(passed=False))
    await desk.eventually(lambda: desk.abstains_for("no_skill"))
    for question in ({}, {"indicators": INDICATORS}, {"indicators": INDICATORS, "close": 2_500.0}):
        refused = await desk.predict(**question)
        assert refused["reason"] == "no_skill"
        assert triple(refused) == MODEL.card.prior
        assert (refused["direction"], refused["confidence"]) == ("neutral", "low")
        assert refused["probability"] == MODEL.card.prior[1]
        assert (refused["model_id"], refused["contributions"]) == (None, None)


async def test_it_abstains_where_a_feature_is_not_warm(desk: MlDesk) -> None:
    await desk.serve(MODEL)
    young = await desk.predict(timestamp=at(100))
    assert (young["reason"], young["features_used"]) == ("not_warm", {})
    assert triple(young) == MODEL.card.prior


async def test_it_abstains_after_an_outage_until_the_look_back_has_passed(
    database_url: str, tmp_path: Path
) -> None:
    look_back = FEATURE_SETS["spec16"].look_back_bars
    async with ml_desk(database_url, tmp_path) as desk:
        await desk.history.store(without_bars(CANDLES[:BARS], [450]))
        hole = await desk.client.post("/predict", json={"timestamp": at(500)})
        assert hole.status_code == 409, hole.text
        await desk.history.record_outage(at(450), at(451))
        await desk.serve(MODEL)
        assert (await desk.predict(timestamp=at(451)))["reason"] == "outage"
        assert (await desk.predict(timestamp=at(450 + look_back)))["reason"] == "outage"
        assert (await desk.predict(timestamp=at(451 + look_back)))["reason"] is None


async def test_the_model_in_use_is_told_with_its_baselines(desk: MlDesk) -> None:
    none = (await desk.get("/model/info"))["data"]
    assert none["loaded"] is False
    assert {none[name] for name in none if name != "loaded"} == {None}
    assert (await desk.get("/health"))["model_loaded"] is False
    model_id = await desk.serve(MODEL)
    found, figures = (await desk.get("/model/info"))["data"], MODEL.card.evaluation.untouched
    assert (found["loaded"], found["model_id"]) == (True, model_id)
    assert (found["symbol"], found["timeframe"], found["feature_count"]) == ("ETHUSDT", "1h", 16)
    assert found["accuracy"] == figures.accuracy
    assert found["majority_rate"] == figures.majority_rate
    assert found["skill_interval"] == [figures.skill_low, figures.skill_high]
    assert (await desk.get("/health"))["model_loaded"] is True
    assert (await desk.get("/model/info", timeframe="4h"))["data"]["loaded"] is False


@pytest.mark.parametrize(
    ("body", "status", "named"),
    [
        ({"symbol": "DOGE/USDT"}, 404, "not watched"),
        ({"symbol": "<x>"}, 400, "symbol"),
        ({"timeframe": "2h"}, 400, "timeframe"),
        ({"timestamp": FIRST_MS + 1}, 400, "no 1h bar opens"),
        ({"timestamp": 2**60}, 400, "timestamp"),
        ({"timestamp": at(BARS + 5)}, 409, "missing"),
        ({"timeframe": "4h"}, 404, "no 4h candles"),
        ({"close": 2_500.0}, 400, "indicators"),
        ({"indicators": {}}, 400, "rsi"),
        ({"indicators": {**INDICATORS, "rsi": 101}}, 400, "rsi"),
        ({"indicators": {**INDICATORS, "vwap": 0}}, 400, "vwap"),
        ([], 400, "body"),
    ],
)
async def test_a_wrong_question_is_refused_with_a_sentence(
    desk: MlDesk, body: object, status: int, named: str
) -> None:
    assert named in await desk.detail(status, "POST", "/predict", body)
