"""signals-service decides closed candles, with its real siblings, PostgreSQL and Valkey."""

import itertools
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import httpx
import orjson
import pytest

from decided_market import EPOCH_MS, DecidedMarket, decided_market, market_series, served
from eth_cli.temporary_servers import temporary_postgres, temporary_valkey
from service_process import running_service
from signals_service.app import build_app
from signals_service.settings import SignalsSettings
from trading_core.decision.engine import DEFAULT_ENGINE

pytestmark = pytest.mark.integration

NOWHERE = "http://127.0.0.1:9"
BASES = [f"S{number:02}" for number in range(24)]
"""Each test takes a market of its own."""


@dataclass(frozen=True, slots=True)
class Siblings:
    database_url: str
    redis_url: str
    analysis_service_url: str
    patterns_service_url: str
    market_service_url: str
    ml_service_url: str
    folder: Path
    bases: Iterator[str]

    def settings(self, market: DecidedMarket, **changed: object) -> SignalsSettings:
        urls = {name: getattr(self, name) for name in self.__slots__ if name.endswith("_url")}
        given = {
            **urls,
            "symbols": [market.series.symbol],
            "clock_file": market.clock_file,
            **changed,
        }
        return SignalsSettings(**given)


@pytest.fixture(scope="module")
def siblings(
    migrate: Callable[..., None], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Siblings]:
    folder = tmp_path_factory.mktemp("signals")
    with temporary_postgres() as postgres, temporary_valkey() as valkey, ExitStack() as exits:
        migrate(postgres.database_url, "upgrade", "head")
        settings = {
            "DATABASE_URL": postgres.database_url,
            "REDIS_URL": valkey.redis_url,
            "SYMBOLS": ",".join(f"{base}/USDT" for base in BASES),
            "EXCHANGE_REST_URL": NOWHERE,
            "EXCHANGE_WS_URL": NOWHERE.replace("http", "ws"),
        }
        urls = [
            exits.enter_context(running_service(f"{name}_service", settings, folder)).url
            for name in ("analysis", "patterns", "market", "ml")
        ]
        yield Siblings(
            postgres.database_url, valkey.redis_url, *urls, folder, itertools.cycle(BASES)
        )


@pytest.fixture
async def market(siblings: Siblings) -> AsyncIterator[DecidedMarket]:
    series = market_series(next(siblings.bases))
    urls = (siblings.database_url, siblings.redis_url)
    async with decided_market(*urls, siblings.folder, series) as market:
        yield market


async def test_every_live_candle_gets_exactly_one_decision(
    siblings: Siblings, market: DecidedMarket
) -> None:
    async with served(build_app(siblings.settings(market))):
        for bar in range(4):
            await market.close(bar)
            await market.decided(bar + 1)
    rows = await market.signals()
    assert [row["timestamp"] for row in rows] == [market.open_ms(bar) for bar in range(4)]
    assert {row["origin"] for row in rows} == {"live"}
    assert {row["engine_version"] for row in rows} == {DEFAULT_ENGINE.version}
    inputs = orjson.loads(rows[0]["inputs"])
    assert set(inputs["sources"].values()) == {"present"}
    assert rows[0]["timestamp"] == EPOCH_MS
