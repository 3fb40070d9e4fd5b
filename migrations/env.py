"""Runs the migrations against the database that the services' own settings name."""

import asyncio

from alembic import context
from alembic.util import CommandError
from pydantic import ValidationError
from sqlalchemy import URL, Connection, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from service_kit.settings import DatabaseSettings, setting_errors
from service_kit.tables import metadata

_LOCK_KEY = 0x657468_6D6967
"""Advisory lock under which migrations run, so that two starts at once do not collide."""


def _database_url() -> URL:
    try:
        return make_url(DatabaseSettings().database_url.get_secret_value())
    except ValidationError as error:
        raise CommandError(setting_errors(error.errors())) from error
    except ArgumentError as error:
        raise CommandError(
            "DATABASE_URL is not like postgresql+asyncpg://user:password@host:port/name"
        ) from error


def _migrate(connection: Connection) -> None:
    context.configure(connection=connection, target_metadata=metadata)
    with context.begin_transaction():
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK_KEY})")
        context.run_migrations()


async def _migrate_online() -> None:
    engine = create_async_engine(_database_url(), poolclass=NullPool)
    try:
        async with engine.connect() as connection:
            await connection.run_sync(_migrate)
    except OSError as error:
        address = engine.url.render_as_string(hide_password=True)
        raise CommandError(f"no database answers at {address}: {error}") from error
    finally:
        await engine.dispose()


def _print_sql() -> None:
    context.configure(
        url=_database_url(),
        target_metadata=metadata,
        literal_binds=True,
        dialect_opts={"paramstyle": "named"},
    )
    with context.begin_transaction():
        context.run_migrations()


if context.is_offline_mode():
    _print_sql()
else:
    asyncio.run(_migrate_online())
