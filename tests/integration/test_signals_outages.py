"""PostgreSQL dies while candles are decided: afterwards each has one decision, told once."""

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict

import asyncpg
import orjson
import pytest
from aiohttp import web

from decided_market import DecidedMarket, decided_market, market_series, served
from eth_cli.temporary_servers import temporary_folder, temporary_postgres
from service_kit.candle_windows import CandleWindow
from signal_siblings import NOWHERE
from signals_service.app import build_app
from signals_service.settings import SignalsSettings
from stub_sibling import Answer, stub_sibling
from trading_core.candles import Candles
from trading_core.indicators.snapshot import indicator_snapshot

pytestmark = pytest.mark.integration

DELAYS_SECONDS = (0.0, 0.01, 0.02, 0.04, 0.08)
"""From a candle's close to the death of the database."""


async def test_a_database_that_dies_costs_no_decision_and_doubles_none(
    migrate: Callable[..., None], redis_url: str
) -> None:
    with temporary_postgres() as postgres, temporary_folder() as folder:
        migrate(postgres.database_url, "upgrade", "head")
        series = market_series("ETH")
        async with (
            stub_sibling() as analysis,
            decided_market(postgres.database_url, redis_url, folder, series) as market,
        ):
            analysis.answers["/closed-bar"] = _indicators_of(market)
            settings = SignalsSettings.model_validate(
                {
                    "database_url": postgres.database_url,
                    "redis_url": redis_url,
                    "symbols": (series.symbol,),
                    "clock_file": market.clock_file,
                    "analysis_service_url": analysis.url,
                    "patterns_service_url": NOWHERE,
                    "market_service_url": NOWHERE,
                    "ml_service_url": NOWHERE,
                }
            )
            async with served(build_app(settings)):
                await market.close(0)
                await market.decided(1)
                for bar, delay_seconds in enumerate(DELAYS_SECONDS, start=1):
                    await market.close(bar)
                    await asyncio.sleep(delay_seconds)
                    await asyncio.to_thread(postgres.kill)
                    await asyncio.to_thread(postgres.start)
                    await _back(market)
                    await market.decided(bar + 1)
            rows, told = await market.signals(), await market.said()
    decided = [market.open_ms(bar) for bar in range(len(DELAYS_SECONDS) + 1)]
    assert [row["timestamp"] for row in rows] == decided
    ids = Counter(orjson.loads(row["payload"])["id"] for row in told)
    assert ids == Counter(str(row["id"]) for row in rows)


def _indicators_of(market: DecidedMarket) -> Answer:
    """Of analysis-service, computed from what the market's candles are."""

    async def answer(request: web.Request) -> web.Response:
        opened_ms = int(request.query["timestamp"])
        known = [[float(figure) for figure in row] for row in market.candles if row[0] <= opened_ms]
        candles = Candles.from_rows(market.series.symbol, market.series.timeframe, known)
        first_ms = candles.first_open_ms
        indicators = asdict(indicator_snapshot(candles, first_ms))
        used = CandleWindow(candles, first_ms, 0, ()).fingerprint()
        data = {"timestamp": indicators.pop("opened_at_ms"), "candles": used}
        body = {"success": True, "data": {**data, "indicators": indicators}}
        return web.Response(body=orjson.dumps(body), content_type="application/json")

    return answer


async def _back(market: DecidedMarket) -> None:
    """The pool's connections of before are dead; the first use of each says so."""
    while True:
        try:
            await market.database.fetchval("SELECT 1")
        except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError):
            await asyncio.sleep(0.05)
        else:
            return
