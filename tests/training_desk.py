"""ml-service as a process of its own, its database, and trainings as a client asks for them."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import httpx
import psutil

from candle_history import CandleHistory, connect, random_walk
from service_kit.series import Series
from service_process import ServiceProcess, running_service
from trading_core.candles import Candles
from trading_core.symbol import Symbol
from trading_core.timeframe import HOUR_MS, Timeframe

Json = dict[str, Any]  # Any: JSON

FIRST_MS: Final = 420_000 * HOUR_MS
SYMBOLS: Final = tuple(Symbol(f"T{number:02}", "USDT") for number in range(20))
THRESHOLD: Final = 0.001
"""At which the random walk falls, stays and rises about as often."""
LONG: Final = 12_000
"""Bars that take a while to learn from."""
OVER: Final = frozenset({"done", "refused", "failed", "cancelled"})


@dataclass(frozen=True, slots=True)
class TrainingDesk:
    service: ServiceProcess
    client: httpx.AsyncClient
    connection: Any  # Any: asyncpg ships no types
    environment: Mapping[str, str]
    series: Series
    """One that no other test uses."""

    @property
    def history(self) -> CandleHistory:
        return CandleHistory(self.series, self.connection)

    @property
    def models(self) -> Path:
        return Path(self.environment["MODELS_DIR"])

    def candles(self, bars: int, seed: int = 7) -> Candles:
        return random_walk(self.series, FIRST_MS, bars, seed)

    async def ask(self, query: str = "", /, **more: object) -> httpx.Response:
        body = {"symbol": self.series.symbol.slashed, "threshold": THRESHOLD, **more}
        return await self.client.post(f"/train{query}", json=body)

    async def begin(self, **more: object) -> str:
        """Returns the id."""
        answer = await self.ask("?async=true", lookback_periods=None, **more)
        assert answer.status_code == 202, answer.text
        return str(answer.json()["id"])

    async def status(self, training_id: str) -> Json:
        found: Json = (await self.client.get(f"/train/{training_id}")).raise_for_status().json()
        return found

    async def until(self, training_id: str, states: frozenset[str]) -> Json:
        async def look() -> Json | None:
            found = await self.status(training_id)
            return found if found["state"] in states else None

        return await eventually(look)

    def process(self) -> psutil.Process:
        """The only training that the service runs."""
        (child,) = psutil.Process(self.service.process.pid).children()
        return child

    async def listed(self) -> list[Json]:
        symbol = self.series.symbol.compact
        answer = await self.client.get("/models", params={"symbol": symbol})
        models: list[Json] = answer.raise_for_status().json()["models"]
        return models


@contextmanager
def training_service(
    database_url: str, folder: Path, **settings: str
) -> Iterator[tuple[ServiceProcess, Mapping[str, str]]]:
    """The service, and the environment that it was started with."""
    environment = {
        "DATABASE_URL": database_url,
        "SYMBOLS": ",".join(one.slashed for one in SYMBOLS),
        "MODELS_DIR": str(folder / "models"),
        "AUTO_TRAIN": "false",
        **settings,
    }
    with running_service("ml_service", environment, folder) as service:
        yield service, environment
    assert "Traceback" not in service.log.read_text()


@asynccontextmanager
async def training_desk(
    service: ServiceProcess, environment: Mapping[str, str], symbol: Symbol
) -> AsyncIterator[TrainingDesk]:
    connection = await connect(environment["DATABASE_URL"])
    try:
        async with httpx.AsyncClient(base_url=service.url, timeout=120) as client:
            series = Series(symbol, Timeframe.H1)
            yield TrainingDesk(service, client, connection, environment, series)
    finally:
        await connection.close()


async def eventually(look: Callable[[], Awaitable[Json | None]], seconds: float = 120) -> Json:
    deadline = time.monotonic() + seconds
    while (found := await look()) is None:
        assert time.monotonic() < deadline, "it did not happen"
        await asyncio.sleep(0.1)
    return found
