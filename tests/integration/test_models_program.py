"""`python -m ml_service.registry`: models listed, promoted and rolled back beside a service."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from ml_service.registry.model_contents import TREES, contents_of
from ml_service.registry.model_folder import ModelFolder
from ml_service.registry.model_store import ModelStore
from run_module import run_module
from service_kit.database import create_database, driver_connection
from service_kit.settings import DatabaseSettings
from tiny_models import TinyModel, tiny_model

pytestmark = [pytest.mark.integration, pytest.mark.enable_socket]

FIRST, SECOND = (tiny_model(seed=seed) for seed in (7, 8))
UNSKILLED = tiny_model(seed=10, passed=False)
SERIES = ("--symbol", "ETHUSDT", "--timeframe", "1h")


class Registry:
    """Models in the tables, and the program that works on them."""

    def __init__(self, settings: DatabaseSettings, folder: Path) -> None:
        self.folder = ModelFolder(folder)
        self.database = create_database(settings)
        self._url = settings.database_url.get_secret_value()

    async def keep(self, *models: TinyModel) -> None:
        for model in models:
            await ModelStore(self.database).keep(model)

    async def execute(self, statement: str, *values: object) -> None:
        async with driver_connection(self.database) as connection:
            await connection.execute(statement, *values)

    async def run(self, *arguments: str) -> list[dict[str, Any]]:
        output, code = await run_module(self._url, "ml_service.registry", *arguments)
        assert code == 0
        return [json.loads(line) for line in output.splitlines()]

    async def refusal(self, *arguments: str) -> int:
        output, code = await run_module(self._url, "ml_service.registry", *arguments)
        assert output == ""
        return code

    async def serving(self) -> dict[str, list[str]]:
        return {one["model_id"]: one["serves"] for one in await self.run("list", *SERIES)}


@pytest.fixture
async def registry(
    database_settings: DatabaseSettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Registry]:
    monkeypatch.setenv("MODELS_DIR", str(tmp_path / "models"))
    registry = Registry(database_settings, tmp_path / "models")
    yield registry
    await registry.database.dispose()


async def test_what_is_promoted_serves_until_it_is_rolled_back(registry: Registry) -> None:
    first, second = FIRST.card.model_id, SECOND.card.model_id
    await registry.keep(FIRST, SECOND)
    assert await registry.serving() == {first: [], second: []}
    for model_id in (first, second):
        (promoted,) = await registry.run("promote", model_id)
        assert (promoted["model_id"], promoted["role"]) == (model_id, "candles")
    assert await registry.serving() == {first: [], second: ["candles"]}
    (back,) = await registry.run("rollback", *SERIES)
    assert back["model_id"] == first
    assert await registry.serving() == {first: ["candles"], second: []}
    assert await registry.refusal("rollback", *SERIES) == 1


async def test_a_model_serves_both_roles_when_told_so(registry: Registry) -> None:
    await registry.keep(FIRST)
    for role in ("candles", "indicators"):
        await registry.run("promote", FIRST.card.model_id, "--role", role)
    assert await registry.serving() == {FIRST.card.model_id: ["candles", "indicators"]}


async def test_a_model_without_skill_is_never_promoted(registry: Registry) -> None:
    await registry.keep(UNSKILLED)
    assert await registry.refusal("promote", UNSKILLED.card.model_id) == 1
    assert await registry.serving() == {UNSKILLED.card.model_id: []}


async def test_an_unknown_model_is_a_wrong_question(registry: Registry) -> None:
    assert await registry.refusal("promote", "ETHUSDT-1h-spec16-0123456789ab") == 2


async def test_a_damaged_model_is_refused(registry: Registry) -> None:
    await registry.keep(FIRST)
    await registry.execute("UPDATE model_files SET content = '{' WHERE suffix = $1", TREES)
    assert await registry.refusal("promote", FIRST.card.model_id) == 1
    assert await registry.serving() == {FIRST.card.model_id: []}


async def test_a_model_of_which_only_the_folder_has_the_files_can_be_promoted(
    registry: Registry,
) -> None:
    await registry.keep(FIRST)
    await registry.execute("DELETE FROM model_files")
    registry.folder.write_all(FIRST.card.model_id, contents_of(FIRST))
    await registry.run("promote", FIRST.card.model_id)
    assert await registry.serving() == {FIRST.card.model_id: ["candles"]}


async def test_what_is_no_symbol_is_a_wrong_question(registry: Registry) -> None:
    assert await registry.refusal("list", "--symbol", "?") == 2
