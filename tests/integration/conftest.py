"""signals-service's real siblings, started once, and a market of its own for each test."""

import itertools
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack

import pytest

from decided_market import DecidedMarket, decided_market, market_series
from eth_cli.temporary_servers import temporary_postgres, temporary_valkey
from service_process import running_service
from signal_siblings import NOWHERE, SignalSiblings

BASES = [f"S{number:02}" for number in range(40)]
SIBLINGS = ("analysis", "patterns", "market", "ml")


@pytest.fixture(scope="session")
def siblings(
    migrate: Callable[..., None], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SignalSiblings]:
    folder = tmp_path_factory.mktemp("signals")
    with temporary_postgres() as postgres, temporary_valkey() as valkey, ExitStack() as exits:
        migrate(postgres.database_url, "upgrade", "head")
        settings = {
            "DATABASE_URL": postgres.database_url,
            "REDIS_URL": valkey.redis_url,
            "SYMBOLS": ",".join(f"{base}/USDT" for base in BASES),
            "AUTO_TRAIN": "false",
            "EXCHANGE_REST_URL": NOWHERE,
            "EXCHANGE_WS_URL": NOWHERE.replace("http", "ws"),
        }
        urls = {
            f"{name}_service_url": exits.enter_context(
                running_service(f"{name}_service", settings, folder)
            ).url
            for name in SIBLINGS
        }
        bases = itertools.cycle(BASES)
        yield SignalSiblings(postgres.database_url, valkey.redis_url, urls, folder, bases)


@pytest.fixture
async def market(siblings: SignalSiblings) -> AsyncIterator[DecidedMarket]:
    series = market_series(next(siblings.bases))
    urls = (siblings.database_url, siblings.redis_url)
    async with decided_market(*urls, siblings.folder, series) as market:
        yield market
