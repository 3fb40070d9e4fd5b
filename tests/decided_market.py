"""A market of invented candles in real tables, for tests of whoever decides them."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import numpy as np
from fastapi import FastAPI
from redis.asyncio import Redis

from service_kit.clock import POLL_SECONDS, ClockState
from service_kit.events import ClosedCandleHint, Stream
from service_kit.series import Series
from trading_core.candle_origin import CandleOrigin
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

EPOCH_MS = 1_722_816_000_000
"""Open of bar 0, the first that is watched."""
HISTORY_BARS = 400
"""Before bar 0: all that the exchange has."""
FUTURE_BARS = 200
PATIENCE_SECONDS = 30

Row = tuple[int, Decimal, Decimal, Decimal, Decimal, Decimal]


@dataclass(frozen=True, slots=True)
class DecidedMarket:
    """Bars are counted from `EPOCH_MS`; the clock stands wherever a test puts it."""

    database: asyncpg.Pool
    redis: Redis
    clock_file: Path
    series: Series
    candles: tuple[Row, ...]

    def open_ms(self, bar: int) -> int:
        return EPOCH_MS + bar * self.series.bar_ms

    def close_ms(self, bar: int) -> int:
        return self.open_ms(bar + 1)

    async def stand_at(self, time_ms: int) -> None:
        """Until every service, which looks now and then only, must have seen it."""
        ClockState(time_ms, None).write(self.clock_file)
        await asyncio.sleep(POLL_SECONDS)

    async def watch(self) -> None:
        """From bar 0 on, with all history stored."""
        await self.stand_at(EPOCH_MS)
        first_ms = self.open_ms(-HISTORY_BARS)
        await self.database.execute(_WATCH, *self.series.key, first_ms, EPOCH_MS)
        await self.store(range(-HISTORY_BARS, 0), CandleOrigin.BACKFILL, seen_at_ms=EPOCH_MS)

    async def store(
        self, bars: Iterable[int], origin: CandleOrigin, seen_at_ms: int | None = None
    ) -> None:
        """As market-service does, without a hint."""
        rows = [
            (
                *self.series.key,
                *self.candles[bar + HISTORY_BARS],
                origin.value,
                seen_at_ms or self.close_ms(bar),
            )
            for bar in bars
        ]
        await self.database.executemany(_STORE, rows)

    async def close(self, bar: int, after_ms: int = 500) -> None:
        """A live candle, stored and hinted at so long after its close; there the clock stands."""
        await self.stand_at(self.close_ms(bar) + after_ms)
        await self.store([bar], CandleOrigin.LIVE, self.close_ms(bar) + after_ms)
        symbol, timeframe = self.series.key
        hint = ClosedCandleHint(
            symbol=symbol,
            timeframe=Timeframe(timeframe),
            timestamp=self.open_ms(bar),
            origin=CandleOrigin.LIVE,
        )
        await self.redis.xadd(Stream.CANDLES_CLOSED, {"json": hint.to_json()})

    async def revise(self, bar: int, close: Decimal, seen_at_ms: int) -> None:
        """The exchange says something else about a closed candle."""
        await self.database.execute(_REVISE, *self.series.key, self.open_ms(bar), close, seen_at_ms)

    async def signals(self, columns: str = "*") -> list[Any]:
        query = f"SELECT {columns} FROM signals WHERE {_SERIES} ORDER BY timestamp, engine_version"  # noqa: S608 - a test's own columns
        return list(await self.database.fetch(query, *self.series.key))

    async def said(self) -> list[Any]:
        """To the room, in order."""
        query = "SELECT event, payload FROM room_events WHERE room = $1 ORDER BY seq"
        room = f"{self.series.symbol.slashed}_{self.series.timeframe}"
        return list(await self.database.fetch(query, room))

    async def decided(self, count: int) -> list[Any]:
        """The signals, once there are so many."""

        async def enough() -> bool:
            return len(await self.signals("timestamp")) >= count

        await until(enough, f"{count} decisions")
        return await self.signals()


async def until(condition: Callable[[], Awaitable[bool]], what: str) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not await condition():
        assert time.monotonic() < deadline, f"waited too long for {what}"
        await asyncio.sleep(0.05)


def invented_candles(series: Series, seed: int) -> tuple[Row, ...]:
    """A random walk with trends, from `HISTORY_BARS` before bar 0, two decimals."""
    count = HISTORY_BARS + FUTURE_BARS
    random = np.random.default_rng(seed)
    drift = np.repeat(random.normal(0, 0.002, count // 20 + 1), 20)[:count]
    close = np.round(3000 * np.exp(np.cumsum(drift + random.normal(0, 0.004, count))), 2)
    opened = np.concatenate(([3000.0], close[:-1]))
    reach = np.round(np.abs(random.normal(0, 6, (2, count))), 2)
    high, low = np.maximum(opened, close) + reach[0], np.minimum(opened, close) - reach[1]
    volume = np.round(random.lognormal(5, 0.5, count), 3)
    times = EPOCH_MS + series.bar_ms * np.arange(-HISTORY_BARS, FUTURE_BARS)
    figures = [[Decimal(f"{one:.3f}") for one in column] for column in (opened, high, low, close)]
    volumes = [Decimal(f"{one:.3f}") for one in volume]
    return tuple(zip(times.tolist(), *figures, volumes, strict=True))


@asynccontextmanager
async def decided_market(
    database_url: str, redis_url: str, folder: Path, series: Series, seed: int = 13
) -> AsyncIterator[DecidedMarket]:
    url = database_url.replace("postgresql+asyncpg", "postgresql")
    async with asyncpg.create_pool(url, min_size=1, max_size=3) as pool:
        redis = Redis.from_url(redis_url)
        clock_file = folder / f"clock-{series.symbol}.json"
        market = DecidedMarket(pool, redis, clock_file, series, invented_candles(series, seed))
        try:
            await market.watch()
            yield market
        finally:
            await redis.aclose()


@asynccontextmanager
async def served(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """The service with all its background work, inside this process."""
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://signals") as client:
            yield client


def market_series(base: str, timeframe: Timeframe = Timeframe.H1) -> Series:
    return Series(Symbol(base, "USDT"), timeframe)


_SERIES = "symbol = $1 AND timeframe = $2::text::timeframe"
_WATCH = """
    INSERT INTO feed_coverage (symbol, timeframe, first_available_ms, live_since_ms)
    VALUES ($1, $2::text::timeframe, $3, $4)
"""
_STORE = """
    INSERT INTO ohlcv_data (
        symbol, timeframe, timestamp, open, high, low, close, volume, origin, seen_at_ms
    )
    VALUES ($1, $2::text::timeframe, $3, $4, $5, $6, $7, $8, $9::text::candle_origin, $10)
"""
_REVISE = """
    WITH old AS (
        INSERT INTO ohlcv_revisions
        SELECT symbol, timeframe, timestamp, open, high, low, close, volume, origin, seen_at_ms, $5
        FROM ohlcv_data WHERE symbol = $1 AND timeframe = $2::text::timeframe AND timestamp = $3
    )
    UPDATE ohlcv_data
    SET close = $4, high = greatest(high, $4), low = least(low, $4), seen_at_ms = $5
    WHERE symbol = $1 AND timeframe = $2::text::timeframe AND timestamp = $3
"""
