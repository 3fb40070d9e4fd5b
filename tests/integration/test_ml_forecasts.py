"""What ml-service answers is stored with its bar, scored, and told at GET /performance."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from ml_desk import BARS, CANDLES, MlDesk, at, ml_desk
from tiny_models import tiny_model

pytestmark = pytest.mark.integration

MODEL = tiny_model()
GIVEN = {
    "rsi": 55.0,
    "macd": 1.5,
    "macdSignal": 1.2,
    "ema9": 2500.0,
    "ema21": 2490.0,
    "ema50": 2480.0,
    "atr": 20.0,
    "vwap": 2495.0,
}


@pytest.fixture
async def desk(database_url: str, tmp_path: Path) -> AsyncIterator[MlDesk]:
    async with ml_desk(database_url, tmp_path) as desk:
        await desk.history.store(CANDLES[:BARS])
        yield desk


async def stored(desk: MlDesk, count: int) -> list[Any]:  # Any: asyncpg records
    """The predictions, once there are so many."""
    query = "SELECT * FROM predictions ORDER BY timestamp"

    async def enough() -> bool:
        return len(await desk.history.connection.fetch(query)) >= count

    await desk.eventually(enough)
    return list(await desk.history.connection.fetch(query))


async def test_a_prediction_is_stored_once_with_what_it_saw(desk: MlDesk) -> None:
    model_id = await desk.serve(MODEL)
    answer = await desk.predict()
    assert await desk.predict() == answer
    await desk.predict(timestamp=at(BARS - 2))
    before, newest = await stored(desk, 2)
    assert (before["timestamp"], newest["timestamp"]) == (at(BARS - 2), at(BARS - 1))
    assert newest["model_id"] == model_id
    assert newest["features"] == list(answer["features_used"].values())
    said = answer["probabilities"]
    assert [newest[f"p_{name}"] for name in said] == list(said.values())
    assert newest["abstained"] is False
    assert newest["horizon_ms"] == at(BARS + MODEL.card.look_ahead_bars)


async def test_only_forecasts_are_stored(desk: MlDesk) -> None:
    await desk.serve(MODEL)
    await desk.predict(timestamp=at(BARS - 1 - MODEL.card.look_ahead_bars))
    await desk.predict(indicators=GIVEN, close=2_500.0)
    await desk.predict(timestamp=at(BARS - MODEL.card.look_ahead_bars))
    (only,) = await stored(desk, 1)
    assert only["timestamp"] == at(BARS - MODEL.card.look_ahead_bars)


async def test_a_model_without_skill_is_followed_too(desk: MlDesk) -> None:
    model = tiny_model(passed=False)
    await desk.keep(model)
    await desk.eventually(lambda: desk.abstains_for("no_skill"))
    (row,) = await stored(desk, 1)
    assert (row["abstained"], row["model_id"]) == (True, model.card.model_id)
    assert (row["p_down"], row["p_neutral"], row["p_up"]) == model.card.prior
    told = await desk.get("/performance")
    assert (told["model_id"], told["abstains_for"]) == (model.card.model_id, "no_skill")


async def test_performance_is_that_of_the_serving_model(desk: MlDesk) -> None:
    model_id = await desk.serve(MODEL)
    await desk.predict()
    told = await desk.get("/performance", symbol="ETHUSDT", timeframe="1h", last=50)
    assert (told["model_id"], told["role"], told["last"]) == (model_id, "candles", 50)
    assert told["live"] == {"scored": 0, "abstained": 0, "verdict": "too_few", "figures": None}
    assert told["degraded"] is False
