import asyncio
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg
import psutil
import pytest
from redis import Redis
from redis.exceptions import AuthenticationError

from eth_cli.postgres_server import PostgresServer
from eth_cli.temporary_servers import temporary_postgres, temporary_valkey
from eth_cli.valkey_server import ValkeyServer, configuration

pytestmark = [pytest.mark.integration, pytest.mark.enable_socket]


@pytest.fixture(scope="module")
def postgres() -> Iterator[PostgresServer]:
    with temporary_postgres() as server:
        yield server


@pytest.fixture(scope="module")
def valkey() -> Iterator[ValkeyServer]:
    with temporary_valkey() as server:
        yield server


def query(url: str, statement: str) -> object:
    async def ask() -> object:
        connection = await asyncpg.connect(url.replace("+asyncpg", ""))
        try:
            return await connection.fetchval(statement)
        finally:
            await connection.close()

    return asyncio.run(ask())


def test_postgres_keeps_its_data_and_its_password_over_a_kill(postgres: PostgresServer) -> None:
    url = postgres.database_url
    query(url, "CREATE TABLE kept (a int)")
    postgres.kill()
    postgres.start()
    assert postgres.database_url == url
    assert query(url, "SELECT count(*) FROM kept") == 0


def test_postgres_lets_nobody_in_without_the_password(postgres: PostgresServer) -> None:
    wrong = f"postgresql://eth:wrong@127.0.0.1:{postgres.port}/eth_trading"
    with pytest.raises(asyncpg.InvalidPasswordError):
        query(wrong, "SELECT 1")


def test_the_role_of_the_services_is_no_superuser(postgres: PostgresServer) -> None:
    statement = "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"
    assert query(postgres.database_url, statement) is False


def test_servers_leave_nothing_behind() -> None:
    with temporary_postgres() as postgres, temporary_valkey() as valkey:
        pids = (postgres.pid, valkey.pid)
    assert not any(psutil.pid_exists(pid) for pid in pids)


def test_no_password_is_in_an_argument_list(postgres: PostgresServer, valkey: ValkeyServer) -> None:
    passwords = [urlsplit(url).password for url in (postgres.database_url, valkey.redis_url)]
    arguments = [psutil.Process(server.pid).cmdline() for server in (postgres, valkey)]
    assert None not in passwords
    assert not [password for password in passwords if password in str(arguments)]


def test_valkey_keeps_its_data_over_a_stop(valkey: ValkeyServer) -> None:
    with Redis.from_url(valkey.redis_url) as client:
        client.set("kept", "yes")
    valkey.stop()
    valkey.start()
    with Redis.from_url(valkey.redis_url) as client:
        assert client.get("kept") == b"yes"


def test_valkey_lets_nobody_in_without_the_password(valkey: ValkeyServer) -> None:
    stranger = Redis.from_url(f"redis://:wrong@127.0.0.1:{valkey.port}/0")
    with stranger, pytest.raises(AuthenticationError):
        stranger.ping()


def test_the_configuration_is_for_its_owner_only(tmp_path: Path) -> None:
    server = ValkeyServer(tmp_path / "valkey", port=1)
    try:
        server.prepare()
        (path,) = server.program().command[1:]
        assert stat.S_IMODE(os.stat(path).st_mode) == 0o600  # noqa: PTH116  # the command holds text
    finally:
        server.remove()


def test_a_folder_with_a_space_is_quoted() -> None:
    assert 'dir "/data of mine"' in configuration(Path("/data of mine"), 6379, "secret")
