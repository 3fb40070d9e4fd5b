"""Real servers for integration tests: PostgreSQL and Valkey, started once, clean for each test."""

import asyncio
import uuid
from collections.abc import Callable, Iterator

import asyncpg
import pytest
from pydantic import SecretStr
from redis import Redis

from eth_cli import free_port
from eth_cli.postgres_server import PostgresServer
from eth_cli.temporary_servers import temporary_postgres, temporary_valkey
from eth_cli.valkey_server import ValkeyServer
from migrate_database import migrate_database
from parallel_worker import ports_of_worker
from service_kit.settings import DatabaseSettings, RedisSettings

TEMPLATE = "migrated_template"
DISCONNECT = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname ="


@pytest.fixture(scope="session", autouse=True)
def _own_ports() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(free_port, "PORTS", ports_of_worker(free_port.PORTS))
        yield


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    with temporary_postgres() as server:
        yield server


@pytest.fixture(scope="session")
def valkey() -> Iterator[ValkeyServer]:
    with temporary_valkey() as server:
        yield server


def _execute(server: PostgresServer, statement: str) -> None:
    async def run() -> None:
        url = server.database_url.replace("postgresql+asyncpg", "postgresql")
        connection = await asyncpg.connect(url)
        try:
            await connection.execute(statement)
        finally:
            await connection.close()

    asyncio.run(run())


@pytest.fixture(scope="session")
def migrate() -> Callable[..., None]:
    """`migrate(url, "upgrade", "head")`."""
    return migrate_database


@pytest.fixture(scope="session")
def _template(postgres: PostgresServer, migrate: Callable[..., None]) -> str:
    _execute(postgres, f"CREATE DATABASE {TEMPLATE}")
    migrate(postgres.url_of(TEMPLATE), "upgrade", "head")
    return TEMPLATE


@pytest.fixture
def postgres_url(postgres: PostgresServer) -> Iterator[str]:
    """An empty database, without any table."""
    yield from _database(postgres, "template1")


@pytest.fixture
def database_url(postgres: PostgresServer, _template: str) -> Iterator[str]:
    """A database with every table and no row."""
    yield from _database(postgres, _template)


@pytest.fixture(scope="module")
def module_database_url(postgres: PostgresServer, _template: str) -> Iterator[str]:
    """The same, one for all tests of a module."""
    yield from _database(postgres, _template)


def _database(server: PostgresServer, template: str) -> Iterator[str]:
    name = f"test_{uuid.uuid4().hex}"
    _execute(server, f"CREATE DATABASE {name} TEMPLATE {template}")
    yield server.url_of(name)
    # WITH (FORCE) would fail on an autovacuum worker, which only a superuser may end.
    _execute(server, f"{DISCONNECT} '{name}' AND usename = current_user")
    _execute(server, f"DROP DATABASE {name}")


@pytest.fixture
def redis_url(valkey: ValkeyServer) -> str:
    """An empty Valkey."""
    with Redis.from_url(valkey.redis_url) as client:
        client.flushall()
    return valkey.redis_url


@pytest.fixture
def database_settings(database_url: str) -> DatabaseSettings:
    return DatabaseSettings(database_url=SecretStr(database_url))


@pytest.fixture
def redis_settings(redis_url: str) -> RedisSettings:
    return RedisSettings(redis_url=SecretStr(redis_url))
