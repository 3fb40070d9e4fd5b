"""Alembic makes the schema that `service_kit.tables` describes, and takes all of it away again."""

import asyncio
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, insert, text
from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from service_kit.tables import metadata, ohlcv_data
from service_kit.tables.schema_revision import SCHEMA_REVISION
from trading_core.timeframe import Timeframe

pytestmark = pytest.mark.integration

Migrate = Callable[..., None]

# Of what belongs to our schema: relations, types, columns, constraints, enum labels, indexes.
SCHEMA = """
    SELECT 'relation', relname, relkind::text, obj_description(oid) FROM pg_class
    WHERE relnamespace = 'public'::regnamespace
    UNION ALL
    SELECT 'column', attrelid::regclass::text || '.' || attname,
        format_type(atttypid, atttypmod) || CASE WHEN attnotnull THEN ' NOT NULL' ELSE '' END
            || coalesce(' DEFAULT ' || pg_get_expr(adbin, adrelid), ''),
        col_description(attrelid, attnum)
    FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
        LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
    WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND attnum > 0
    UNION ALL
    SELECT 'constraint', conname, conrelid::regclass::text, pg_get_constraintdef(oid)
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL
    SELECT 'enum', typname, string_agg(enumlabel, ',' ORDER BY enumsortorder), NULL
    FROM pg_enum JOIN pg_type ON pg_type.oid = enumtypid GROUP BY typname
    ORDER BY 1, 2
"""

Rows = list[tuple[object, ...]]
CANDLE = {
    "symbol": "ETHUSDT",
    "timeframe": Timeframe.M1,
    "timestamp": 60_000,
    "open": 2,
    "high": 3,
    "low": 1,
    "close": 2,
    "volume": 0,
    "origin": "live",
    "seen_at_ms": 120_000,
}

NAN = float("nan")
BROKEN_RULES: list[dict[str, object]] = [
    {"low": 0},
    {"low": 2.5},
    {"high": 1.5},
    {"close": 4},
    {"volume": -1},
    {"volume": NAN},
    {"high": NAN},
    {"open": NAN, "high": NAN, "close": NAN},
    {"timestamp": -60_000},
    {"close": None},
    {"timeframe": "2m"},
    {"origin": "guessed"},
]

Answer = TypeVar("Answer")


def run(url: str, work: Callable[[Connection], Answer]) -> Answer:
    async def within_a_transaction() -> Answer:
        engine = create_async_engine(url, poolclass=NullPool)
        async with engine.begin() as connection:
            return await connection.run_sync(work)

    return asyncio.run(within_a_transaction())


def schema(connection: Connection) -> Rows:
    found = [tuple(row) for row in connection.execute(text(SCHEMA))]
    return [row for row in found if "alembic_version" not in f"{row[1]} {row[2]}"]


def test_the_migrated_schema_is_the_one_the_tables_describe(
    database_url: str, postgres_url: str
) -> None:
    def difference(connection: Connection) -> object:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        return compare_metadata(context, metadata)

    assert run(database_url, difference) == []
    run(postgres_url, metadata.create_all)
    assert run(database_url, schema) == run(postgres_url, schema)


def test_the_tables_know_the_newest_migrations_name(database_url: str) -> None:
    def newest(connection: Connection) -> object:
        return connection.scalar(text("SELECT version_num FROM alembic_version"))

    assert run(database_url, newest) == SCHEMA_REVISION


def test_down_leaves_nothing_and_up_again_gives_the_same(
    postgres_url: str, migrate: Migrate
) -> None:
    migrate(postgres_url, "upgrade", "head")
    first = run(postgres_url, schema)
    assert {"timeframe", "candle_origin"} <= {row[1] for row in first if row[0] == "enum"}
    migrate(postgres_url, "downgrade", "base")
    assert run(postgres_url, schema) == []
    migrate(postgres_url, "upgrade", "head")
    assert run(postgres_url, schema) == first


def test_migrating_twice_changes_nothing(database_url: str, migrate: Migrate) -> None:
    before = run(database_url, schema)
    migrate(database_url, "upgrade", "head")
    assert run(database_url, schema) == before


def test_two_starts_at_once_migrate_once(postgres_url: str, migrate: Migrate) -> None:
    with ThreadPoolExecutor() as starts:
        both = [starts.submit(migrate, postgres_url, "upgrade", "head") for _ in range(2)]
    assert [start.result() for start in both] == [None, None]


def test_a_candle_that_breaks_a_rule_is_not_stored(database_url: str) -> None:
    def is_stored(change: dict[str, object]) -> bool:
        try:
            run(database_url, lambda c: c.execute(insert(ohlcv_data), {**CANDLE, **change}))
        except (DBAPIError, StatementError):
            return False
        return True

    assert [change for change in BROKEN_RULES if is_stored(change)] == []
    assert is_stored({})


def test_a_candle_is_stored_once(database_url: str) -> None:
    run(database_url, lambda c: c.execute(insert(ohlcv_data), CANDLE))
    with pytest.raises(IntegrityError, match="pk_ohlcv_data"):
        run(database_url, lambda c: c.execute(insert(ohlcv_data), CANDLE))


def test_without_a_database_the_operator_reads_one_sentence(tmp_path: Path) -> None:
    def upgrade(**environment: str) -> str:
        ini = Path(__file__).parents[2] / "migrations" / "alembic.ini"
        command = [sys.executable, "-m", "alembic", "-c", str(ini), "upgrade", "head"]
        tried = subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )
        assert tried.returncode != 0
        return tried.stdout + tried.stderr

    assert upgrade() == "FAILED: DATABASE_URL: Field required\n"
    assert "DATABASE_URL is not like postgresql+asyncpg://" in upgrade(DATABASE_URL="nonsense")
    unreachable = upgrade(DATABASE_URL="postgresql+asyncpg://eth:hidden@127.0.0.1:9/eth")
    assert "no database answers at postgresql+asyncpg://eth:***@127.0.0.1:9/eth" in unreachable
