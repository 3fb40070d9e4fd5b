"""Candles stored a second by the bulk upsert, beside plain COPY of the same rows.

COPY is the floor: it compares nothing, keeps no revision and fails on the first duplicate.
"""

import argparse
import asyncio
import sys
import time
from collections.abc import Awaitable, Callable
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import asyncpg
import numpy as np
from pydantic import SecretStr

from eth_cli.postgres_server import PostgresServer
from eth_cli.temporary_servers import temporary_postgres
from market_service.candle_store import CandleStore, SeenCandle
from market_service.exact_candle import ExactCandle
from service_kit.database import create_database
from service_kit.series import Series
from service_kit.settings import DatabaseSettings
from trading_core.candle_origin import CandleOrigin
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

sys.path.append(str(Path(__file__).parent.parent / "tests"))
from migrate_database import migrate_database

SERIES = Series(Symbol("ETH", "USDT"), Timeframe.M1)
COLUMNS = (
    "symbol", "timeframe", "timestamp", "open", "high", "low", "close", "volume", "origin",
    "seen_at_ms",
)  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--candles", type=int, default=50_000)
    options = parser.parse_args()
    with temporary_postgres() as server:
        asyncio.run(_run(server, options.candles))


async def _run(server: PostgresServer, count: int) -> None:
    migrate_database(server.database_url, "upgrade", "head")
    candles = _candles(count)
    engine = create_database(DatabaseSettings(database_url=SecretStr(server.database_url)))
    plain = await asyncpg.connect(server.database_url.replace("+asyncpg", ""))
    try:
        await _measure_all(CandleStore(engine), plain, candles)
    finally:
        await plain.close()
        await engine.dispose()


async def _measure_all(store: CandleStore, plain: Any, candles: list[SeenCandle]) -> None:  # noqa: ANN401 - asyncpg ships no types
    async def copy() -> None:
        await plain.copy_records_to_table("ohlcv_data", records=map(_row, candles), columns=COLUMNS)

    async def upsert(batch: int) -> None:
        for start in range(0, len(candles), batch):
            await store.save(candles[start : start + batch])

    floor = await _rate(plain, copy, len(candles))
    print(f"{'':36}{'candles/s':>12}{'of COPY':>10}")
    print(f"{'plain COPY':36}{floor:12.0f}{1:10.2f}")
    for batch in (1_000, 10_000, len(candles)):
        rate = await _rate(plain, partial(upsert, batch), len(candles))
        print(f"{f'bulk upsert, {batch} at a time':36}{rate:12.0f}{rate / floor:10.2f}")
    started = time.perf_counter()
    await upsert(10_000)
    again = len(candles) / (time.perf_counter() - started)
    print(f"{'the same again, nothing changes':36}{again:12.0f}{again / floor:10.2f}")


async def _rate(plain: Any, store: Callable[[], Awaitable[None]], count: int) -> float:  # noqa: ANN401 - asyncpg ships no types
    await plain.execute("TRUNCATE ohlcv_data")
    started = time.perf_counter()
    await store()
    return count / (time.perf_counter() - started)


def _candles(count: int) -> list[SeenCandle]:
    random = np.random.default_rng(7)
    closes = (3000 * np.exp(np.cumsum(random.normal(0, 1e-4, count + 1)))).round(2).tolist()
    volumes = random.gamma(2, 50, count).round(4).tolist()
    return [_candle(minute, closes, volumes) for minute in range(count)]


def _candle(minute: int, closes: list[float], volumes: list[float]) -> SeenCandle:
    first, last = (Decimal(str(closes[index])) for index in (minute, minute + 1))
    candle = ExactCandle(
        series=SERIES,
        open_ms=minute * 60_000,
        open=first,
        high=max(first, last) + 1,
        low=min(first, last) - 1,
        close=last,
        volume=Decimal(str(volumes[minute])),
    )
    return SeenCandle(candle, CandleOrigin.BACKFILL, 0)


def _row(seen: SeenCandle) -> tuple[Any, ...]:  # Any: one row in the order of COLUMNS
    c = seen.candle
    figures = (c.open, c.high, c.low, c.close, c.volume)
    return (*c.series.key, c.open_ms, *figures, seen.origin.value, seen.seen_at_ms)


if __name__ == "__main__":
    main()
