"""The async engine over asyncpg, its connections, and one error for a database that is away."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from time import perf_counter
from typing import Any, Final, TypeAlias, cast

import asyncpg
from prometheus_client import CollectorRegistry
from sqlalchemy import event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import QueuePool

from service_kit.database_metrics import DatabaseMetrics
from service_kit.errors import StoreUnavailableError
from service_kit.health import ReadinessCheck
from service_kit.settings import DatabaseSettings

CONNECT_TIMEOUT_SECONDS: Final = 5
STATEMENT_TIMEOUT_SECONDS: Final = 60

Database: TypeAlias = AsyncEngine
Call: TypeAlias = Callable[..., Awaitable[Any]]

_METRICS: Final = "database_metrics"
_LOST: Final = (
    OSError,  # also TimeoutError
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,  # the connection died in the midst of an answer
    asyncpg.PostgresConnectionError,
    asyncpg.exceptions.OperatorInterventionError,
    asyncpg.exceptions.InsufficientResourcesError,
    PoolTimeoutError,
)


def create_database(
    settings: DatabaseSettings, registry: CollectorRegistry | None = None
) -> Database:
    """An engine whose dead connections are noticed before they are handed out.

    It is measured where there is a registry to measure for.
    """
    metrics = None if registry is None else DatabaseMetrics(registry)
    connection = {} if metrics is None else {"connection_class": _measured_connection(metrics)}
    engine = create_async_engine(
        settings.database_url.get_secret_value(),
        pool_size=settings.database_pool_size,
        max_overflow=settings.database_pool_size,
        pool_timeout=CONNECT_TIMEOUT_SECONDS,
        pool_pre_ping=True,
        pool_use_lifo=True,  # the warm connection first: a cold one costs each statement its plan
        connect_args={
            "timeout": CONNECT_TIMEOUT_SECONDS,
            "command_timeout": STATEMENT_TIMEOUT_SECONDS,
            **connection,
        },
        execution_options={_METRICS: metrics},
    )
    if metrics is not None:
        _measure(engine, metrics, 2 * settings.database_pool_size)
    return engine


def database_ready(database: Database) -> ReadinessCheck:
    async def check() -> str | None:
        async with pooled_connection(database) as connection:
            await connection.execute(text("SELECT 1"))
        return None

    return check


@asynccontextmanager
async def pooled_connection(database: Database) -> AsyncIterator[AsyncConnection]:
    """Raises StoreUnavailableError when the database is away, or goes away meanwhile."""
    try:
        async with database.connect() as connection:
            try:
                yield connection
            except Exception as error:
                if _is_lost(error):
                    await connection.invalidate()
                raise
    except Exception as error:
        if _is_lost(error):
            _count_failure(database)
            raise StoreUnavailableError("the database cannot be reached") from error
        raise


@asynccontextmanager
async def driver_connection(database: Database) -> AsyncIterator[Any]:
    """The same as asyncpg itself has it: COPY, arrays, no layer in between."""
    async with pooled_connection(database) as connection:
        pooled = await connection.get_raw_connection()
        yield pooled.driver_connection  # Any: asyncpg ships no types


def _measure(engine: Database, metrics: DatabaseMetrics, limit: int) -> None:
    """The pool, and what SQLAlchemy prepares and executes itself; for the rest see below."""
    sync = engine.sync_engine
    metrics.watch_pool(lambda: cast("QueuePool", sync.pool), limit)

    def began(*event_: Any) -> None:  # noqa: ANN401 - of several types
        *_, context, is_many = event_
        context.started_at = None if is_many else perf_counter()

    def ended(context: Any) -> None:  # noqa: ANN401 - it gets an attribute of ours
        started_at = getattr(context, "started_at", None)
        if started_at is not None:
            context.started_at = None
            metrics.answered(context.statement, perf_counter() - started_at)

    event.listen(sync, "before_cursor_execute", began)
    event.listen(sync, "after_cursor_execute", lambda *event_: ended(event_[4]))
    event.listen(sync, "handle_error", lambda failure: ended(failure.execution_context))


def _count_failure(database: Database) -> None:
    metrics: DatabaseMetrics | None = database.sync_engine.get_execution_options().get(_METRICS)
    if metrics is not None:
        metrics.failed()


def _measured_connection(metrics: DatabaseMetrics) -> type[Any]:  # Any: asyncpg ships no types
    """A third as dear as asyncpg's own query loggers, which also know of no COPY."""

    def measured(method: Call) -> Call:
        async def call(connection: object, statement: str, *args: object, **options: object) -> Any:  # noqa: ANN401
            started = perf_counter()
            try:
                return await method(connection, statement, *args, **options)
            finally:
                metrics.answered(statement, perf_counter() - started)

        return call

    class MeasuredConnection(asyncpg.Connection):  # type: ignore[misc] # asyncpg ships no types
        execute = measured(asyncpg.Connection.execute)
        executemany = measured(asyncpg.Connection.executemany)
        fetch = measured(asyncpg.Connection.fetch)
        fetchrow = measured(asyncpg.Connection.fetchrow)
        fetchval = measured(asyncpg.Connection.fetchval)

        async def copy_records_to_table(self, *args: Any, **options: Any) -> str:  # noqa: ANN401
            with metrics.copying():
                done: str = await super().copy_records_to_table(*args, **options)
                return done

    return MeasuredConnection


def _is_lost(error: BaseException | None) -> bool:
    """SQLAlchemy's errors carry the driver's; a statement that is wrong is nothing of this kind."""
    if isinstance(error, DBAPIError):
        driver_error = error.orig.__cause__ if error.orig else None
        return error.connection_invalidated or _is_lost(driver_error or error.orig)
    return isinstance(error, _LOST)
