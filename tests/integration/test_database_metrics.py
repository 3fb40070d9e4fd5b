"""What is measured of a real database: every statement once, by whichever way it is sent."""

from collections.abc import AsyncIterator

import pytest
from prometheus_client import CollectorRegistry
from pydantic import SecretStr
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from eth_cli.free_port import free_port
from service_kit.database import (
    Database,
    create_database,
    database_ready,
    driver_connection,
    pooled_connection,
)
from service_kit.errors import StoreUnavailableError
from service_kit.settings import DatabaseSettings
from service_kit.statement_operation import OPERATIONS

pytestmark = pytest.mark.integration


class House:
    def __init__(self, settings: DatabaseSettings) -> None:
        self.registry = CollectorRegistry()
        self.database: Database = create_database(settings, self.registry)

    def sample(self, name: str, **labels: str) -> float | None:
        return self.registry.get_sample_value(name, labels)

    def measured(self) -> dict[str, float | None]:
        """How many of each operation, what opens and ends transactions left out."""
        name = "database_query_duration_seconds_count"
        counts = {one: self.sample(name, operation=one) for one in OPERATIONS if one != "other"}
        return {operation: count for operation, count in counts.items() if count}

    def pool(self) -> tuple[float | None, float | None]:
        name = "database_pool_connections"
        return self.sample(name, state="used"), self.sample(name, state="idle")


@pytest.fixture
async def house(database_settings: DatabaseSettings) -> AsyncIterator[House]:
    house = House(database_settings)
    async with pooled_connection(house.database) as connection:
        await connection.execute(text("CREATE TABLE measured (value int)"))
        await connection.commit()
    yield house
    await house.database.dispose()


async def test_what_sqlalchemy_sends_is_measured_once(house: House) -> None:
    before = house.measured()
    async with pooled_connection(house.database) as connection:
        rows = [{"value": 1}, {"value": 2}]
        await connection.execute(text("INSERT INTO measured VALUES (:value)"), rows)
        await connection.execute(text("UPDATE measured SET value = 3"))
        with pytest.raises(DBAPIError):
            await connection.execute(text("DELETE FROM measured WHERE value / 0 = 1"))
    assert house.measured() == {**before, "insert": 1, "update": 1, "delete": 1}


async def test_what_asyncpg_sends_is_measured_once_and_copies_too(house: House) -> None:
    before = house.measured()
    async with driver_connection(house.database) as connection, connection.transaction():
        await connection.copy_records_to_table("measured", records=[(1,), (2,)])
        await connection.executemany("INSERT INTO measured VALUES ($1)", [(3,), (4,)])
        await connection.execute("UPDATE measured SET value = 5")
        await connection.fetchrow("DELETE FROM measured RETURNING value")
        assert await connection.fetchval("SELECT count(*) FROM measured") == 0
        await connection.fetch(
            "WITH none AS (SELECT 1 AS a) INSERT INTO measured SELECT a FROM none"
        )
    after = {"copy": 1, "insert": 2, "update": 1, "delete": 1}
    assert house.measured() == {**before, **after, "select": (before.get("select") or 0) + 1}


async def test_the_pool_tells_who_uses_it(
    house: House, database_settings: DatabaseSettings
) -> None:
    assert house.pool() == (0, 1)
    async with pooled_connection(house.database), pooled_connection(house.database):
        assert house.pool() == (2, 0)
    assert house.pool() == (0, 2)
    assert house.sample("database_pool_limit") == 2 * database_settings.database_pool_size
    await house.database.dispose()
    assert house.pool() == (0, 0)


async def test_a_wrong_statement_is_no_failure_of_the_databases(house: House) -> None:
    with pytest.raises(DBAPIError):
        async with pooled_connection(house.database) as connection:
            await connection.execute(text("SELECT nothing FROM nowhere"))
    assert house.sample("database_failures_total") == 0


async def test_a_database_that_is_away_is_a_failure() -> None:
    url = f"postgresql+asyncpg://eth:x@127.0.0.1:{free_port()}/none"
    house = House(DatabaseSettings(database_url=SecretStr(url)))
    with pytest.raises(StoreUnavailableError):
        await database_ready(house.database)()
    assert house.sample("database_failures_total") == 1
    assert house.pool() == (0, 0)
    await house.database.dispose()
