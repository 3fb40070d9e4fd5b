"""One year of 1m of one market: indicators and patterns computed and stored, side by side.

As `./eth rebuild` runs them: two processes over one PostgreSQL that syncs its writes, on candles of
the simulator's seeded market. The aim is 60 s on two cores.
"""

import argparse
import asyncio
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import asyncpg
import orjson

from eth_cli.free_port import free_port
from eth_cli.postgres_server import PostgresServer
from eth_cli.temporary_servers import temporary_folder
from exchange_simulator.bars import Bars
from exchange_simulator.seeded_market import SeededMarket
from trading_core.symbol import Symbol
from trading_core.timeframe import WINDOW_BARS, Timeframe

sys.path.append(str(Path(__file__).parent.parent / "tests"))
from migrate_database import migrate_database

SYMBOL = Symbol("ETH", "USDT")
MINUTE = Timeframe.M1
YEAR_BARS = 525_600
SINCE_MS = 1_704_067_200_000
"""2024-01-01."""
AIM_SECONDS = 60
COMMANDS = {
    "indicators": "analysis_service.calculate_history",
    "patterns": "patterns_service.detect_history",
}
COLUMNS = (
    "symbol", "timeframe", "timestamp", "open", "high", "low", "close", "volume", "origin",
    "seen_at_ms",
)  # fmt: skip
SIZE = "SELECT pg_size_pretty(pg_total_relation_size($1::regclass))"


@dataclass(slots=True)
class Run:
    """One command until it ends: what it printed last, and how long it took."""

    name: str
    process: subprocess.Popen[bytes]
    started: float
    last: dict[str, Any]  # Any: a line of progress
    seconds: float = 0.0

    def follow(self) -> None:
        assert self.process.stdout is not None  # noqa: S101 - it was opened as a pipe
        for line in self.process.stdout:
            self.last = orjson.loads(line)
            self.seconds = time.perf_counter() - self.started
            done, total = self.last["done"], self.last["total"]
            print(f"{self.seconds:6.1f} s  {self.name:12}{done:9,} of {total:,} bars")
        if self.process.wait() != 0:
            raise SystemExit(f"{self.name} failed")
        self.seconds = time.perf_counter() - self.started


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bars", type=int, default=YEAR_BARS)
    bars = parser.parse_args().bars
    with temporary_folder() as home:
        server = PostgresServer(home / "server", port=free_port())
        server.start()
        try:
            _measure(server, bars)
        finally:
            server.stop()
            server.remove()


def _measure(server: PostgresServer, bars: int) -> None:
    environment = {**os.environ, "DATABASE_URL": server.database_url}
    migrate_database(server.database_url, "upgrade", "head")
    asyncio.run(_store_candles(server, bars))
    runs = [_start(name, module, environment) for name, module in COMMANDS.items()]
    threads = [threading.Thread(target=run.follow) for run in runs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    asyncio.run(_report(server, runs, bars))


def _start(name: str, module: str, environment: dict[str, str]) -> Run:
    command = [sys.executable, "-m", module, "--symbol", "ETHUSDT", "--timeframe", "1m"]
    process = subprocess.Popen(
        [*command, "--since", str(SINCE_MS)], env=environment, stdout=subprocess.PIPE
    )
    return Run(name, process, time.perf_counter(), {})


async def _store_candles(server: PostgresServer, bars: int) -> None:
    """With the window of the first bar before them, so that none is left out."""
    market = SeededMarket(42, (SYMBOL,))
    first_ms = SINCE_MS - 2 * WINDOW_BARS * MINUTE.duration_ms
    end_ms = SINCE_MS + bars * MINUTE.duration_ms
    made = market.oldest(SYMBOL, MINUTE, first_ms, end_ms, bars + 2 * WINDOW_BARS)
    connection = await _connect(server)
    await connection.copy_records_to_table("ohlcv_data", records=_rows(made), columns=COLUMNS)
    await connection.close()


def _rows(bars: Bars) -> Iterator[tuple[Any, ...]]:  # Any: one row in the order of COLUMNS
    for open_ms, *figures in zip(*(column.tolist() for column in bars.columns), strict=True):
        exact = (Decimal(figure).scaleb(-8) for figure in figures)
        yield (SYMBOL.compact, "1m", open_ms, *exact, "backfill", open_ms + MINUTE.duration_ms)


async def _report(server: PostgresServer, runs: list[Run], bars: int) -> None:
    connection = await _connect(server)
    print(f"\n{'':12}{'seconds':>10}{'bars/s':>10}{'rows':>10}{'left out':>10}{'table':>10}")
    for run in runs:
        rows = await connection.fetchval(f"SELECT count(*) FROM {run.name}")  # noqa: S608 - ours
        size = await connection.fetchval(SIZE, run.name)
        left_out = run.last["leftOut"]
        rate = bars / run.seconds
        print(f"{run.name:12}{run.seconds:10.1f}{rate:10,.0f}{rows:10,}{left_out:10,}{size:>10}")
    await connection.close()
    slowest = max(run.seconds for run in runs)
    print(f"{'both':12}{slowest:10.1f}  of {AIM_SECONDS} s")


async def _connect(server: PostgresServer) -> Any:  # noqa: ANN401 - asyncpg ships no types
    return await asyncpg.connect(server.database_url.replace("+asyncpg", ""))


if __name__ == "__main__":
    main()
