"""What it costs to measure statements: `SELECT 1` with and without, by turns, in one run.

On a real PostgreSQL, by way of SQLAlchemy and of asyncpg itself. It is the cheapest statement there
is, so the ratio is the worst there can be.
"""

import argparse
import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable

from prometheus_client import CollectorRegistry
from pydantic import SecretStr
from sqlalchemy import text

from eth_cli.temporary_servers import temporary_postgres
from service_kit.database import (
    Database,
    create_database,
    driver_connection,
    pooled_connection,
)
from service_kit.settings import DatabaseSettings

ONE = "SELECT 1"

Send = Callable[[Database, int], Awaitable[float]]


async def by_sqlalchemy(database: Database, count: int) -> float:
    """Seconds a statement."""
    statement = text(ONE)
    async with pooled_connection(database) as connection:
        began = time.perf_counter()
        for _ in range(count):
            await connection.execute(statement)
        return (time.perf_counter() - began) / count


async def by_asyncpg(database: Database, count: int) -> float:
    """Seconds a statement."""
    async with driver_connection(database) as connection:
        began = time.perf_counter()
        for _ in range(count):
            await connection.fetchval(ONE)
        return (time.perf_counter() - began) / count


async def compare(settings: DatabaseSettings, turns: int, count: int) -> None:
    plain = create_database(settings)
    measured = create_database(settings, CollectorRegistry())
    ways: tuple[tuple[str, Send], ...] = (("SQLAlchemy", by_sqlalchemy), ("asyncpg", by_asyncpg))
    print(f"{'way':<12}{'plain µs':>10}{'measured µs':>13}{'ratio':>8}")
    for name, send in ways:
        pairs = [(await send(plain, count), await send(measured, count)) for _ in range(turns)]
        without, with_ = (statistics.median(one) * 1e6 for one in zip(*pairs[1:], strict=True))
        print(f"{name:<12}{without:>10.1f}{with_:>13.1f}{with_ / without:>8.3f}")
    await plain.dispose()
    await measured.dispose()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=40, help="of each, by turns")
    parser.add_argument("--count", type=int, default=500, help="statements a turn")
    options = parser.parse_args()
    with temporary_postgres() as server:
        settings = DatabaseSettings(database_url=SecretStr(server.database_url))
        asyncio.run(compare(settings, options.turns, options.count))


if __name__ == "__main__":
    main()
