"""signals-service over stored hours of ETH, and signals that were followed to their end on them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import httpx

from candle_history import CandleHistory, connect, random_walk
from in_process import in_process
from service_kit.series import Series
from signal_rows import insert, opened
from signals_service.app import build_app
from signals_service.settings import SignalsSettings
from signals_service.signal_outcome import position_of, progressed
from signals_service.signal_row import SignalRow
from trading_core.candles import Candles
from trading_core.decision.engine import DEFAULT_ENGINE
from trading_core.decision.sides import Side
from trading_core.outcomes.follow import follow
from trading_core.outcomes.progress import Progress
from trading_core.signal_state import SignalOrigin
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

HOURS = Series(Symbol("ETH", "USDT"), Timeframe.H1)
FIRST_MS = 200 * 2_000 * HOURS.bar_ms
WALK = random_walk(HOURS, FIRST_MS, 900)


@dataclass(frozen=True, slots=True)
class ScorecardStack:
    client: httpx.AsyncClient
    history: CandleHistory

    async def insert(self, *rows: SignalRow) -> None:
        await insert(self.history.connection, *rows)

    async def ask(self, path: str, **question: str | int) -> dict[str, Any]:
        answer = await self.client.get(f"/api/signals/{path}", params=question)
        assert answer.status_code == 200, answer.text
        data: dict[str, Any] = answer.json()["data"]
        return data


@asynccontextmanager
async def scorecard_stack(database_url: str, redis_url: str) -> AsyncIterator[ScorecardStack]:
    settings = SignalsSettings(
        database_url=database_url,
        redis_url=redis_url,
        symbols="ETH/USDT,BTC/USDT",
        feed_kind="replay",
        feed_source="recording",
    )
    connection = await connect(database_url)
    history = CandleHistory(HOURS, connection)
    await history.store(WALK)
    await history.set_first_available(FIRST_MS)
    async with in_process(build_app(settings)) as client:
        yield ScorecardStack(client, history)
    await connection.close()


def left(
    count: int,
    origin: SignalOrigin = SignalOrigin.LIVE,
    first_bar: int = 250,
    series: Series = HOURS,
    candles: Candles = WALK,
    **changes: Any,  # noqa: ANN401 - a column's type
) -> list[SignalRow]:
    """Signals of both sides, one a bar, followed to their end on the series' own candles."""
    rows = []
    for number in range(count):
        bar = first_bar + number
        row = opened(
            (Side.BUY, Side.SELL)[number % 2],
            int(candles.open_time_ms[bar]),
            series,
            entry=Decimal(str(candles.close[bar])),
            unit=Decimal(2),
            origin=origin,
            **changes,
        )
        progress = follow(Progress.start(position_of(row, DEFAULT_ENGINE)), candles)
        rows.append(progressed(row, progress))
        assert progress.outcome is not None
    return rows
