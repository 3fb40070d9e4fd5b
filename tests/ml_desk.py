"""ml-service in the test's own process, its candles and its models, all in one hand."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from pydantic import SecretStr

from candle_history import CandleHistory, connect, random_walk
from in_process import in_process
from ml_service.app import build_app
from ml_service.registry.model_contents import sha256_of
from ml_service.registry.model_files import ModelFiles
from ml_service.registry.model_store import ModelStore
from ml_service.registry.role import Role
from ml_service.settings import MlSettings
from service_kit.clock import ClockState
from service_kit.database import create_database
from service_kit.series import Series
from tiny_models import TinyModel
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

SERIES = Series(Symbol("ETH", "USDT"), Timeframe.H1)
BAR_MS = SERIES.bar_ms
FIRST_MS = 240 * 2_000 * BAR_MS
BARS = 1_200
CANDLES = random_walk(SERIES, FIRST_MS, BARS + 10)
PATIENCE_SECONDS = 2.0
"""In which the service has to see what another process did to the tables."""


def at(bar: int) -> int:
    return FIRST_MS + bar * BAR_MS


@dataclass(frozen=True, slots=True)
class MlDesk:
    """Event time stands at the close of the last of `BARS` bars."""

    client: httpx.AsyncClient
    history: CandleHistory
    store: ModelStore
    files: ModelFiles
    """Both as another process has them."""

    async def keep(self, model: TinyModel) -> str:
        await self.store.keep(model)
        return model.card.model_id

    async def damage(self, model_id: str, suffix: str, content: bytes | None) -> None:
        """What the table holds of it, as if it had been stored so; without content: nothing."""
        await self.history.fetch(
            "DELETE FROM model_files WHERE (model_id, suffix) = ($1, $2)", model_id, suffix
        )
        if content is not None:
            values = (model_id, suffix, content, sha256_of(content))
            await self.history.fetch("INSERT INTO model_files VALUES ($1, $2, $3, $4)", *values)

    async def serve(self, model: TinyModel, role: Role = Role.CANDLES) -> str:
        """Kept and promoted behind the service's back, and seen by it."""
        model_id = await self.keep(model)
        await self.store.promote(SERIES, role, model_id, "in a test", at(BARS))
        await self.until(lambda listed: role in serves(listed, model_id))
        return model_id

    async def until(self, holds: Callable[[list[dict[str, Any]]], bool]) -> None:
        """Of what `GET /models` lists; fails after `PATIENCE_SECONDS`."""
        await self.eventually(lambda: self._lists(holds))

    async def eventually(self, asked: Callable[[], Awaitable[bool]]) -> None:
        """Return once it is true; fails after `PATIENCE_SECONDS`."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not await asked():
            assert time.monotonic() < deadline, "the service does not see what was changed"
            await asyncio.sleep(0.02)

    async def abstains_for(self, reason: str) -> bool:
        return bool((await self.predict())["reason"] == reason)

    async def get(self, path: str, **query: object) -> dict[str, Any]:
        params = {name: str(value) for name, value in query.items()}
        return _found(await self.client.get(path, params=params))

    async def predict(self, **question: object) -> dict[str, Any]:
        return _found(await self.client.post("/predict", json=question))

    async def detail(self, status: int, method: str, path: str, body: object = None) -> str:
        """What is said of a request that is refused with this status."""
        answer = await self.client.request(method, path, json=body)
        assert answer.status_code == status, answer.text
        assert set(answer.json()) == {"detail"}
        return str(answer.json()["detail"])

    async def _lists(self, holds: Callable[[list[dict[str, Any]]], bool]) -> bool:
        return holds((await self.get("/models"))["models"])

    async def has_refused(self, reason: str) -> bool:
        """Whether files were refused for it."""
        text = (await self.client.get("/metrics")).text
        name = f'ml_model_files_refused_total{{reason="{reason}"}} '
        return name in text and f"{name}0.0\n" not in text


def serves(listed: list[dict[str, Any]], model_id: str) -> list[str]:
    """The roles of a model in an answer of `GET /models`."""
    return [role for one in listed if one["model_id"] == model_id for role in one["serves"]]


@asynccontextmanager
async def ml_desk(database_url: str, folder: Path) -> AsyncIterator[MlDesk]:
    clock_file = folder / "clock.json"
    ClockState(at(BARS), None).write(clock_file)
    settings = MlSettings(
        database_url=SecretStr(database_url),
        clock_file=clock_file,
        models_dir=folder / "models",
        auto_train=False,
    )
    connection = await connect(database_url)
    elsewhere = create_database(settings)
    history = CandleHistory(SERIES, connection)
    await history.set_first_available(FIRST_MS)
    try:
        async with in_process(build_app(settings)) as client:
            store, files = ModelStore(elsewhere), ModelFiles(elsewhere, folder / "elsewhere")
            yield MlDesk(client, history, store, files)
    finally:
        await elsewhere.dispose()
        await connection.close()


def _found(answer: httpx.Response) -> dict[str, Any]:
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found
