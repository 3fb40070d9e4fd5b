"""How far each series reaches, for whoever wants to know; only market-service writes it."""

from typing import Final, NamedTuple

from sqlalchemy.ext.asyncio import AsyncConnection

from service_kit.series import Series


class Reach(NamedTuple):
    """Event times; None while unknown."""

    first_available_ms: int | None
    """Open of the exchange's first bar."""
    backfilled_from_ms: int | None
    """From this bar on everything was asked for; what is missing before it nobody asked for."""

    @property
    def is_complete(self) -> bool:
        """Whether all that the exchange has was asked for."""
        first_ms, from_ms = self
        return first_ms is not None and from_ms is not None and from_ms <= first_ms


async def reach_of(connection: AsyncConnection, series: Series) -> Reach:
    result = await connection.exec_driver_sql(_REACH, series.key)
    reaches = [Reach._make(row) for row in result]
    return reaches[0] if reaches else Reach(None, None)


_REACH: Final = """
    SELECT first_available_ms, backfilled_from_ms FROM feed_coverage
    WHERE symbol = $1 AND timeframe = $2::text::timeframe
"""
