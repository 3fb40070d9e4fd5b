"""Which model serves, how that changes, and what happens to files that cannot be read."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from ml_desk import BARS, CANDLES, SERIES, MlDesk, at, ml_desk, serves
from ml_service.registry.model_contents import CARD, TREES
from ml_service.registry.role import Role
from tiny_models import TinyModel, tiny_model

pytestmark = pytest.mark.integration

FIRST, SECOND, THIRD = (tiny_model(seed=seed) for seed in (7, 8, 9))
WIDE = tiny_model("scale_free")
UNSKILLED = tiny_model(seed=10, passed=False)
UNKNOWN = "ETHUSDT-1h-spec16-0123456789ab"


@pytest.fixture
async def desk(database_url: str, tmp_path: Path) -> AsyncIterator[MlDesk]:
    async with ml_desk(database_url, tmp_path) as desk:
        await desk.history.store(CANDLES[:BARS])
        yield desk


async def promote(desk: MlDesk, model: TinyModel, role: Role = Role.CANDLES) -> None:
    path = f"/models/{await desk.keep(model)}/promote"
    answer = await desk.client.post(path, json={"role": role})
    assert answer.status_code == 200, answer.text
    assert answer.json()["model_id"] == model.card.model_id


async def rollback(desk: MlDesk) -> str:
    answer = await desk.client.post("/models/rollback", json={"symbol": "ETHUSDT"})
    assert answer.status_code == 200, answer.text
    return str(answer.json()["model_id"])


async def answering(desk: MlDesk) -> str | None:
    found: str | None = (await desk.predict())["model_id"]
    return found


async def test_what_is_kept_comes_back_as_it_was(desk: MlDesk) -> None:
    await desk.keep(FIRST)
    await desk.keep(FIRST)
    assert await desk.store.card(FIRST.card.model_id) == FIRST.card
    assert await desk.store.cards(SERIES.symbol, SERIES.timeframe) == [FIRST.card]
    assert await desk.store.card(UNKNOWN) is None


async def test_a_promotion_by_another_process_is_followed_within_two_seconds(desk: MlDesk) -> None:
    for model in (FIRST, SECOND):
        model_id = await desk.serve(model)
        assert await answering(desk) == model_id


async def test_promotions_are_taken_back_one_after_the_other(desk: MlDesk) -> None:
    for model in (FIRST, SECOND, THIRD):
        await promote(desk, model)
        assert await answering(desk) == model.card.model_id
    for model in (SECOND, FIRST):
        assert await rollback(desk) == model.card.model_id
        assert await answering(desk) == model.card.model_id
    refused = await desk.detail(409, "POST", "/models/rollback", {})
    assert "no other model served ETH/USDT 1h" in refused
    told = [one.model_id for one in await desk.store.promotions(SERIES, Role.CANDLES)]
    assert len(told) == 5


async def test_roles_are_promoted_apart(desk: MlDesk) -> None:
    await promote(desk, WIDE)
    await promote(desk, FIRST, Role.INDICATORS)
    listed = (await desk.get("/models"))["models"]
    assert serves(listed, WIDE.card.model_id) == ["candles"]
    assert serves(listed, FIRST.card.model_id) == ["indicators"]


async def test_what_may_not_serve_is_refused_with_the_reason(desk: MlDesk) -> None:
    unskilled = f"/models/{await desk.keep(UNSKILLED)}/promote"
    assert "no skill" in await desk.detail(409, "POST", unskilled)
    wide = f"/models/{await desk.keep(WIDE)}/promote"
    assert "spec16" in await desk.detail(409, "POST", wide, {"role": "indicators"})
    assert UNKNOWN in await desk.detail(404, "POST", f"/models/{UNKNOWN}/promote")
    await promote(desk, FIRST)
    serving = f"/models/{FIRST.card.model_id}/promote"
    assert "serves already" in await desk.detail(409, "POST", serving)
    assert "role" in await desk.detail(400, "POST", serving, {"role": "king"})
    await desk.damage(await desk.keep(SECOND), TREES, b"")
    empty = f"/models/{SECOND.card.model_id}/promote"
    assert "is empty" in await desk.detail(409, "POST", empty)
    assert await answering(desk) == FIRST.card.model_id


async def test_the_one_before_serves_where_files_are_damaged(desk: MlDesk) -> None:
    first = await desk.serve(FIRST)
    damaged = await desk.keep(SECOND)
    await desk.damage(damaged, TREES, SECOND.trees[:-100])
    await desk.store.promote(SERIES, Role.CANDLES, damaged, "in a test", at(BARS))
    await desk.eventually(lambda: desk.has_refused("trees_truncated"))
    assert await answering(desk) == first
    assert (await desk.client.get("/readyz")).status_code == 200
    third = await desk.serve(THIRD)
    assert await answering(desk) == third


async def test_it_abstains_where_no_model_that_was_promoted_can_be_read(desk: MlDesk) -> None:
    model_id = await desk.keep(FIRST)
    await desk.damage(model_id, CARD, None)
    await desk.store.promote(SERIES, Role.CANDLES, model_id, "in a test", at(BARS))
    await desk.eventually(lambda: desk.has_refused("card_missing"))
    answer = await desk.predict()
    assert (answer["reason"], answer["model_id"]) == ("model_unreadable", None)
    assert answer["probability"] == FIRST.card.prior[1]
    assert (await desk.get("/model/info"))["data"]["loaded"] is False


async def test_models_are_listed_newest_first_and_narrowed_down(desk: MlDesk) -> None:
    old = tiny_model(trained_at_ms=at(1))
    other = tiny_model(seed=8, symbol="BTCUSDT", trained_at_ms=at(2))
    for model in (old, other):
        await desk.keep(model)
    listed = (await desk.get("/models"))["models"]
    assert [one["model_id"] for one in listed] == [other.card.model_id, old.card.model_id]
    assert all({"accuracy", "majority_rate"} <= set(one) for one in listed)
    narrow = await desk.get("/models", symbol="ETH/USDT", timeframe="1h", limit=5)
    assert [one["model_id"] for one in narrow["models"]] == [old.card.model_id]
    assert (await desk.get("/models", timeframe="4h"))["models"] == []
    for query in ("symbol=<>", "timeframe=2h", "limit=0", "limit=x"):
        assert await desk.detail(400, "GET", f"/models?{query}")


async def test_a_report_is_json_for_programs_and_a_page_for_people(desk: MlDesk) -> None:
    model_id = await desk.keep(FIRST)
    path = f"/models/{model_id}/report"
    report = await desk.get(path)
    assert report["card"]["model_id"] == report["summary"]["model_id"] == model_id
    assert len(report["card"]["evaluation"]["folds"]) == 5
    page = await desk.client.get(path, params={"format": "html"})
    assert page.headers["content-type"].startswith("text/html")
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert model_id in page.text
    asked = await desk.client.get(path, headers={"accept": "text/html,*/*;q=0.8"})
    assert asked.text == page.text
    assert (await desk.get(f"/models/{model_id}"))["model_id"] == model_id
    assert "format" in await desk.detail(400, "GET", f"{path}?format=pdf")


@pytest.mark.parametrize(
    "model_id", [UNKNOWN, "x", "..%2F..%2Fclock", "ETHUSDT-1h-spec16-0123456789ab%00", "%2e%2e"]
)
async def test_what_is_no_model_is_not_found(desk: MlDesk, model_id: str) -> None:
    for path in (f"/models/{model_id}", f"/models/{model_id}/report"):
        answer = await desk.client.get(path)
        assert answer.status_code == 404, answer.text
        assert set(answer.json()) == {"detail"}
