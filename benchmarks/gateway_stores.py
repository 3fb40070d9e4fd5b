"""What a gateway needs to run alone."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from eth_cli.temporary_servers import temporary_postgres, temporary_valkey

ROOT = Path(__file__).parent.parent


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
        command = [sys.executable, "-m", "alembic", "-c", str(ROOT / "migrations/alembic.ini")]
        environment = {**os.environ, **settings}
        subprocess.run([*command, "upgrade", "head"], env=environment, check=True)
        yield settings
