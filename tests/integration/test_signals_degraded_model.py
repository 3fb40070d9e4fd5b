"""What ml-service says of its own model reaches the signal, its readers and the replay."""

import orjson
import pytest

from decided_market import DecidedMarket, served
from signal_siblings import SignalSiblings
from signals_service.app import build_app
from stub_sibling import json_answer, stub_sibling

pytestmark = pytest.mark.integration

FIRST_BUY = 4
SAID = {
    "direction": "up",
    "probability": 0.5,
    "probabilities": {"up": 0.5, "neutral": 0.25, "down": 0.25},
    "model_id": "ETHUSDT-1h-invented-000000000001",
    "abstained": False,
    "reason": None,
}


async def test_a_degraded_model_counts_and_the_signal_says_so(
    siblings: SignalSiblings, market: DecidedMarket
) -> None:
    async with stub_sibling() as model:
        model.answers["/predict"] = json_answer(
            orjson.dumps(SAID | {"degraded": True, "degraded_reason": "it was wrong"}).decode()
        )
        settings = siblings.settings(market, ml_service_url=model.url)
        async with served(build_app(settings)) as client:
            for bar in range(FIRST_BUY + 1):
                await market.close(bar)
                await market.decided(bar + 1)
            buy = (await market.signals())[FIRST_BUY]
            replay = (await client.post(f"/api/signals/{buy['id']}/replay")).json()["data"]
    assert buy["signal_type"] == "BUY"
    assert orjson.loads(buy["inputs"])["bar"]["prediction"]["degraded"] is True
    (evidence,) = (
        row for row in orjson.loads(buy["reasoning"])["evidence"] if row["family"] == "ml"
    )
    assert evidence["value"] == 0.25
    assert evidence["sentence"] == "the model gives a rise 50%, a fall 25%, but it has degraded"
    told = orjson.loads((await market.said())[-1]["payload"])
    assert told["reasoning"]["mlPrediction"] == {
        "direction": "up",
        "probability": 0.5,
        "abstained": False,
        "reason": None,
        "modelId": SAID["model_id"],
        "degraded": True,
    }
    assert replay["differences"] == []


async def test_a_model_service_that_knows_no_degrading_is_understood(
    siblings: SignalSiblings, market: DecidedMarket
) -> None:
    async with stub_sibling() as model:
        model.answers["/predict"] = json_answer(orjson.dumps(SAID).decode())
        settings = siblings.settings(market, ml_service_url=model.url)
        async with served(build_app(settings)):
            await market.close(0)
            (row,) = await market.decided(1)
    assert orjson.loads(row["inputs"])["sources"]["prediction"] == "present"
    told = orjson.loads((await market.said())[-1]["payload"])
    assert told["reasoning"]["mlPrediction"]["degraded"] is False


async def test_a_signal_stored_before_models_could_degrade_equals_its_replay(
    siblings: SignalSiblings, market: DecidedMarket
) -> None:
    async with served(build_app(siblings.settings(market))) as client:
        await market.close(0)
        (row,) = await market.decided(1)
        await market.database.execute(
            "UPDATE signals SET inputs = inputs #- '{bar,prediction,degraded}' WHERE id = $1",
            row["id"],
        )
        replay = (await client.post(f"/api/signals/{row['id']}/replay")).json()["data"]
        told = (await client.get(f"/api/signals/{row['id']}")).json()["data"]
    assert replay["differences"] == []
    assert told["reasoning"]["mlPrediction"]["degraded"] is False
