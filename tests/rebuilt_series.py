"""Stored hours of ETH, and the signals that a rebuild makes of them, on a real PostgreSQL."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import orjson

from candle_history import CandleHistory, connect
from service_kit.database import Database, create_database
from service_kit.series import Series
from service_kit.settings import DatabaseSettings
from signals_service.gathered_inputs import Feed
from signals_service.rebuild.rebuild_series import Rebuild, rebuild_series
from signals_service.signal_record import SELECT_SIGNAL, read_signal
from signals_service.signal_row import SignalRow
from trading_core.candles import Candles
from trading_core.decision.engine import DEFAULT_ENGINE
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

HOURS = Series(Symbol("ETH", "USDT"), Timeframe.H1)
FEED = Feed("replay", "recording")
ALL = """
    SELECT to_jsonb(signals) - 'created_at' FROM signals
    ORDER BY timestamp
"""
EVENTS = (
    "SELECT to_jsonb(signal_events) - 'created_at' FROM signal_events ORDER BY signal_id, number"
)
MAPS = "SELECT id, fitted_until_ms FROM confidence_maps ORDER BY fitted_until_ms, id"


@dataclass(frozen=True, slots=True)
class RebuiltSeries:
    """A database in which the hours of ETH are stored and their signals rebuilt."""

    database: Database
    url: str
    history: CandleHistory

    async def store(self, candles: Candles) -> None:
        """As a stack that has fetched all of it."""
        await self.history.store(candles)
        await self.history.set_first_available(candles.first_open_ms)
        for gap in candles.gaps():
            await self.history.record_outage(gap.start_ms, gap.end_ms)

    async def rebuild(self, since_ms: int = 0, until_ms: int = 2**53) -> dict[str, Any]:
        """The last line that it says."""
        lines: list[str] = []
        asked = Rebuild(HOURS, DEFAULT_ENGINE, FEED, since_ms, until_ms)
        await rebuild_series(self.database, asked, lines.append)
        said: dict[str, Any] = orjson.loads(lines[-1])
        return said

    async def signals(self) -> list[SignalRow]:
        query = f"{SELECT_SIGNAL} FROM signals ORDER BY timestamp"
        return list(map(read_signal, await self.history.connection.fetch(query)))

    async def everything(self) -> list[list[tuple[Any, ...]]]:
        return [await self.history.fetch(query) for query in (ALL, EVENTS, MAPS)]


@asynccontextmanager
async def rebuilt_series(settings: DatabaseSettings, url: str) -> AsyncIterator[RebuiltSeries]:
    database = create_database(settings)
    connection = await connect(url)
    yield RebuiltSeries(database, url, CandleHistory(HOURS, connection))
    await connection.close()
    await database.dispose()
