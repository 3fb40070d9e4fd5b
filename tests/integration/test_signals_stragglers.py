"""Two replicas come upon one candle behind the cursor: it is decided or skipped, never both."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from decided_market import DecidedMarket, until
from service_kit.database import Database, create_database, driver_connection
from service_kit.settings import DatabaseSettings
from signal_rows import hold
from signal_siblings import SignalSiblings
from signals_service.cursor_store import CursorStore, take_straggler
from signals_service.engine_store import EngineStore
from signals_service.signal_row import SignalRow
from signals_service.signal_store import SignalStore
from trading_core.candle_origin import CandleOrigin
from trading_core.decision.engine import DEFAULT_ENGINE
from trading_core.signal_state import SignalOrigin

pytestmark = pytest.mark.integration

BARS = range(20)
SKIPPED_AT_MS = 1
WAITING = """
    SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid)
    WHERE locktype = 'advisory' AND NOT granted AND datname = current_database()
"""


class Replicas:
    """Of signals-service, as far as they store: one decides, the other lacks an input."""

    def __init__(self, database: Database, market: DecidedMarket) -> None:
        self.database = database
        self.market = market
        self.signals = SignalStore(database)
        self.cursors = CursorStore(database, DEFAULT_ENGINE.version)

    async def begin(self) -> None:
        await EngineStore(self.database).keep(DEFAULT_ENGINE)
        await self.market.store(BARS, CandleOrigin.HEALED)

    async def decide(self, bar: int) -> bool:
        return await self.signals.decide_straggler(self.row(bar)) is not None

    async def skip(self, bar: int) -> bool:
        where = (self.market.series, self.market.open_ms(bar))
        return await self.cursors.skip_straggler(*where, "indicators: away", SKIPPED_AT_MS)

    def row(self, bar: int) -> SignalRow:
        return hold(self.market.open_ms(bar), self.market.series, origin=SignalOrigin.LATE)

    async def stored(self) -> tuple[list[int], list[int]]:
        """Opens of the bars that are decided, and of those that are skipped."""
        skips = await self.market.database.fetch(
            "SELECT timestamp FROM signal_skips WHERE symbol = $1 ORDER BY timestamp",
            self.market.series.symbol.compact,
        )
        decided = [row["timestamp"] for row in await self.market.signals("timestamp")]
        return decided, [row["timestamp"] for row in skips]


@pytest.fixture
async def replicas(siblings: SignalSiblings, market: DecidedMarket) -> AsyncIterator[Replicas]:
    database = create_database(DatabaseSettings(database_url=siblings.database_url))
    replicas = Replicas(database, market)
    await replicas.begin()
    yield replicas
    await database.dispose()


async def test_what_another_replica_has_decided_is_not_skipped(replicas: Replicas) -> None:
    assert await replicas.decide(0)
    assert not await replicas.skip(0)
    assert await replicas.stored() == ([replicas.market.open_ms(0)], [])


async def test_what_another_replica_has_skipped_is_not_decided(replicas: Replicas) -> None:
    assert await replicas.skip(0)
    assert not await replicas.decide(0)
    assert await replicas.stored() == ([], [replicas.market.open_ms(0)])


async def test_who_comes_second_waits_for_the_first_and_sees_what_it_stored(
    replicas: Replicas,
) -> None:
    series, version = replicas.market.series, DEFAULT_ENGINE.version
    opened_ms = replicas.market.open_ms(0)
    async with driver_connection(replicas.database) as first:
        async with first.transaction():
            assert await take_straggler(first, series, version, opened_ms)
            deciding = asyncio.create_task(replicas.decide(0))

            async def waits() -> bool:
                return bool(await replicas.market.database.fetchval(WAITING))

            await until(waits, "the second replica, which waits")
            await first.execute(
                "INSERT INTO signal_skips VALUES ($1, $2::text::timeframe, $3, $4, 'away', 1)",
                *series.key,
                opened_ms,
                version,
            )
        assert not await deciding
    assert await replicas.stored() == ([], [opened_ms])


async def test_of_two_at_once_one_has_its_way_with_each_candle(replicas: Replicas) -> None:
    both = [
        await asyncio.gather(*([replicas.decide(bar), replicas.skip(bar)][:: 1 - 2 * (bar % 2)]))
        for bar in BARS
    ]
    assert all(sorted(one) == [False, True] for one in both)
    decided, skipped = await replicas.stored()
    assert sorted(decided + skipped) == [replicas.market.open_ms(bar) for bar in BARS]
