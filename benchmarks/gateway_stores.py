"""What a gateway needs to run alone."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from eth_cli.temporary_servers import temporary_postgres, temporary_valkey

sys.path.append(str(Path(__file__).parent.parent / "tests"))
from migrate_database import migrate_database


@contextmanager
def gateway_settings() -> Iterator[dict[str, str]]:
    """The environment of a gateway on a PostgreSQL and a Valkey of its own."""
    with temporary_postgres() as postgres, temporary_valkey() as valkey:
        settings = {
            "DATABASE_URL": postgres.database_url,
            "REDIS_URL": valkey.redis_url,
            "SYMBOLS": "ETH/USDT,BTC/USDT",
            "LOG_LEVEL": "warning",
        }
        migrate_database(postgres.database_url, "upgrade", "head")
        yield settings
