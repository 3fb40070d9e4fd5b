"""market-service as processes, with the simulated exchange, PostgreSQL and Valkey, at 60×."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import asyncpg
import httpx

from eth_cli.free_port import free_port
from eth_cli.postgres_server import PostgresServer
from eth_cli.temporary_servers import temporary_postgres, temporary_valkey
from eth_cli.valkey_server import ValkeyServer
from service_kit.clock import ClockState
from trading_core.timeframe import Timeframe

EPOCH = 1_722_807_000_000
SPEED = 60.0
PATIENCE_SECONDS = 60
STORED = "SELECT timestamp, open, high, low, close, volume FROM ohlcv_data"


@dataclass
class Process:
    """One of our services on a port that it keeps over its death."""

    module: str
    settings: dict[str, str]
    log: Path
    port: int = field(default_factory=free_port)
    child: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        environment = {**os.environ, **self.settings, "PORT": str(self.port), "LOG_FORMAT": "json"}
        with self.log.open("ab") as output:
            self.child = subprocess.Popen(
                [sys.executable, "-m", self.module], env=environment, stdout=output, stderr=output
            )

    def kill(self) -> None:
        assert self.child is not None
        self.child.kill()
        self.child.wait()

    def stop(self) -> None:
        if self.child is not None and self.child.poll() is None:
            self.child.terminate()
            self.child.wait(15)

    def answers(self, path: str) -> bool:
        try:
            return httpx.get(self.url + path, timeout=5).is_success
        except httpx.TransportError:
            return False


@dataclass
class MarketStack:
    postgres: PostgresServer
    valkey: ValkeyServer
    simulator: Process
    market: Process
    follower: Process

    def get(self, path: str, **params: object) -> Any:  # noqa: ANN401 - each route's own JSON
        query = {name: str(value) for name, value in params.items()}
        answer = httpx.get(self.market.url + path, params=query, timeout=30)
        answer.raise_for_status()
        return answer.json()["data"]

    def feed(self) -> dict[str, Any]:
        feed: dict[str, Any] = httpx.get(self.market.url + "/status", timeout=30).json()["feed"]
        return feed

    def query(self, statement: str) -> list[tuple[Any, ...]]:
        async def ask() -> list[tuple[Any, ...]]:
            url = self.postgres.database_url.replace("+asyncpg", "")
            connection = await asyncpg.connect(url)
            try:
                return [tuple(row) for row in await connection.fetch(statement)]
            finally:
                await connection.close()

        return asyncio.run(ask())

    def ledger(self, timeframe: Timeframe) -> dict[int, list[Decimal]]:
        """What the exchange has closed since the epoch, by open time."""
        url = self.simulator.url + "/control/ledger"
        params = {"symbol": "ETHUSDT", "timeframe": timeframe.value}
        rows = httpx.get(url, params=params, timeout=30).json()
        return {row[0]: [Decimal(figure) for figure in row[1:]] for row in rows}

    def stored(self, timeframe: Timeframe) -> dict[int, list[Decimal]]:
        rows = self.query(f"{STORED} WHERE timeframe = '{timeframe}'")
        return {row[0]: list(row[1:]) for row in rows}

    def missing(self) -> list[tuple[str, int]]:
        """Candles of the ledger, as it is now, that are not stored exactly like that."""
        return [
            (timeframe.value, open_ms)
            for timeframe in Timeframe
            for ledger, stored in [(self.ledger(timeframe), self.stored(timeframe))]
            for open_ms, figures in ledger.items()
            if stored.get(open_ms) != figures
        ]


def wait_until(condition: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < deadline, f"waited too long until {what}"
        time.sleep(0.2)


def _settings(postgres: PostgresServer, valkey: ValkeyServer, clock: Path) -> dict[str, str]:
    return {
        "DATABASE_URL": postgres.database_url,
        "REDIS_URL": valkey.redis_url,
        "CLOCK_FILE": str(clock),
        "SYMBOLS": "ETH/USDT",
        "SIMULATOR_FEED": "simulated",
        "SIMULATOR_SEED": "42",
        "FEED_KIND": "simulated",
        "FEED_SOURCE": "simulated:seed-42",
        "BACKFILL_BARS": "1m=5000,1h=5000,4h=1000,1d=1000",
    }


@contextmanager
def market_stack(
    migrate: Callable[..., None], folder: Path, more: Mapping[str, str] | None = None
) -> Iterator[MarketStack]:
    """`more` settings are everybody's."""
    clock = folder / "clock.json"
    ClockState(EPOCH, None, SPEED).write(clock)
    with temporary_postgres() as postgres, temporary_valkey() as valkey, ExitStack() as exits:
        migrate(postgres.database_url, "upgrade", "head")
        settings = {**_settings(postgres, valkey, clock), **(more or {})}
        simulator = Process("exchange_simulator", settings, folder / "simulator.log")
        exchange = {
            "EXCHANGE_REST_URL": simulator.url,
            "EXCHANGE_WS_URL": simulator.url.replace("http", "ws"),
        }
        market, follower = (
            Process("market_service", settings | exchange, folder / f"{name}.log")
            for name in ("market", "follower")
        )
        for process in (simulator, market):
            process.start()
            exits.callback(process.stop)
            wait_until(lambda: process.answers("/readyz"), f"{process.module} is ready")  # noqa: B023 - called at once
        ClockState(EPOCH, None, SPEED).started(int(time.time() * 1000)).write(clock)
        yield MarketStack(postgres, valkey, simulator, market, follower)
