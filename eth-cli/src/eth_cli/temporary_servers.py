"""Servers for tests: on free ports, in a folder of their own, gone afterwards."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path

from eth_cli.free_port import free_port
from eth_cli.postgres_server import PostgresServer
from eth_cli.valkey_server import ValkeyServer

# A commit survives the server's death, though not the machine's.
QUICK = {"fsync": "off"}


@contextlib.contextmanager
def temporary_postgres() -> Iterator[PostgresServer]:
    """A running, empty PostgreSQL that trades safety in a power cut for speed.

    Its role may create databases, reached by `url_of(name)`: one for each test.
    """
    with temporary_folder() as home:
        server = PostgresServer(home / "server", port=free_port(), settings=QUICK)
        server.start()
        try:
            yield server
        finally:
            server.stop()
            server.remove()


@contextlib.contextmanager
def temporary_valkey() -> Iterator[ValkeyServer]:
    """A running, empty Valkey."""
    with temporary_folder() as home:
        server = ValkeyServer(home / "server", port=free_port())
        server.start()
        try:
            yield server
        finally:
            server.stop()
            server.remove()


@contextlib.contextmanager
def temporary_folder() -> Iterator[Path]:
    """A folder that the servers' account can enter, gone afterwards.

    pytest's tmp_path is none when root runs the tests: servers would keep their data elsewhere.
    """
    with tempfile.TemporaryDirectory(prefix="eth-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder
