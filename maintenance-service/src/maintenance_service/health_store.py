"""The only place that writes `health_reports`; reads what a report says of the database."""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import delete, func, insert, select, text

from maintenance_service.server_figures import DatabaseFigures
from service_kit.database import Database, pooled_connection
from service_kit.tables import health_reports, signals
from trading_core.signal_state import SignalOrigin

Report = Mapping[str, Any]  # Any: JSON

_FIGURES: Final = text("""
    SELECT pg_database_size(current_database()),
        (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'),
        current_setting('max_connections')::int
""")


class HealthStore:
    """Every method raises StoreUnavailableError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def save(self, made_at_ms: int, *, ok: bool, report: Report) -> None:
        row = {"made_at_ms": made_at_ms, "ok": ok, "report": report}
        async with pooled_connection(self._database) as connection, connection.begin():
            await connection.execute(insert(health_reports), row)

    async def newest(self) -> Report | None:
        statement = select(health_reports.c.report).order_by(health_reports.c.made_at_ms.desc())
        async with pooled_connection(self._database) as connection:
            report: Report | None = await connection.scalar(statement.limit(1))
        return report

    async def forget_before(self, made_at_ms: int) -> int:
        old = delete(health_reports).where(health_reports.c.made_at_ms < made_at_ms)
        async with pooled_connection(self._database) as connection, connection.begin():
            return (await connection.execute(old)).rowcount

    async def signals_since(self, event_ms: int) -> dict[str, int]:
        """How many of each type were decided, rebuilt ones left out, by their bar's open."""
        statement = (
            select(signals.c.signal_type, func.count())
            .where(signals.c.timestamp >= event_ms)
            .where(signals.c.origin != SignalOrigin.HISTORICAL)
            .group_by(signals.c.signal_type)
        )
        async with pooled_connection(self._database) as connection:
            return {kind.value: count for kind, count in await connection.execute(statement)}

    async def figures(self) -> DatabaseFigures:
        async with pooled_connection(self._database) as connection:
            return DatabaseFigures(*(await connection.execute(_FIGURES)).one())
